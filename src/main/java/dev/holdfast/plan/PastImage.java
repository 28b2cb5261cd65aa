package dev.holdfast.plan;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import java.time.Instant;

/// An image that exists, is whole with its chain, and can be the parent of the next one.
public record PastImage(ImageId id, Level level, Instant at, long rawBytes) {}
