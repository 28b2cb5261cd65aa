package dev.holdfast.catalog;

import dev.holdfast.model.Label;
import java.time.Instant;
import java.util.UUID;

/// A volume that was written to.
public record VolumeRow(Label label, UUID uuid, String storage, Instant labelledAt) {}
