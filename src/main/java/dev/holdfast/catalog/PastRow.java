package dev.holdfast.catalog;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An image that exists, as much of it as a plan needs.
///
/// @param at when its run planned it
/// @param took how long its dump took; empty when nobody recorded it
public record PastRow(
    ImageId image,
    SourceName source,
    Level level,
    Optional<ImageId> parent,
    Instant at,
    long rawBytes,
    long storedBytes,
    Optional<Duration> took) {}
