package dev.holdfast.catalog;

import dev.holdfast.model.OneShot;
import java.time.Instant;

/// What the next dump of a source must be.
///
/// @param at when it was ordered
public record Ordered(OneShot command, Instant at) {}
