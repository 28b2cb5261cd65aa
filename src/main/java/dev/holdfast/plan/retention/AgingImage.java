package dev.holdfast.plan.retention;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An image in one storage, as much of it as retention asks.
///
/// @param parent the image that this one is relative to; empty for a full
/// @param at when its run planned it: the point in time that it restores
/// @param bytes that its files take in this storage
/// @param verified every byte of it was read after it was written, and was right
/// @param awaited names of further storages that are still to get a copy of it
/// @param hold why nothing may take it away, as `volume Demo-002 is archived`; empty without a hold
public record AgingImage(
    ImageId image,
    SourceName source,
    Level level,
    Optional<ImageId> parent,
    Instant at,
    long bytes,
    Soundness soundness,
    boolean verified,
    List<String> awaited,
    Optional<String> hold) {

  public AgingImage {
    awaited = List.copyOf(awaited);
  }

  /// The same, with a reason why nothing may take it away.
  public AgingImage held(String why) {
    return new AgingImage(
        image, source, level, parent, at, bytes, soundness, verified, awaited, Optional.of(why));
  }

  /// What an image is worth to those who count restore points.
  public enum Soundness {
    /// Whole.
    GOOD,
    /// Whole, but its dump met more trouble than the source tolerates.
    PARTIAL,
    /// Known to be damaged: it weighs nothing.
    DAMAGED,
    /// Not yet whole in this storage: it weighs nothing, and nobody takes it or its chain away.
    OPEN;

    /// True when it gives back a point in time, if its chain does.
    boolean restores() {
      return this == GOOD || this == PARTIAL;
    }
  }
}
