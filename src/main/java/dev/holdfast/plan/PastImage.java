package dev.holdfast.plan;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An image that exists, is whole with its chain, and can be the parent of the next one.
///
/// @param rawBytes what the dump program gave
/// @param storedBytes what staging and media hold of it, after compression
/// @param took how long the dump took, where that is known
public record PastImage(
    ImageId id, Level level, Instant at, long rawBytes, long storedBytes, Optional<Duration> took) {

  /// Of an image that was not compressed, and nobody had a watch.
  public PastImage(ImageId id, Level level, Instant at, long rawBytes) {
    this(id, level, at, rawBytes, rawBytes, Optional.empty());
  }
}
