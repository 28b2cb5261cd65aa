package dev.holdfast.catalog;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// An image that is there, or is about to be, as much of it as retention asks.
///
/// @param bytes payload of its files on media
/// @param volumes that hold its files
/// @param verifiedAt when every byte of it was last read and was right
/// @param damagedAt when it was last found damaged; empty when it was whole after that
public record LifeRow(
    ImageId image,
    SourceName source,
    Level level,
    Optional<ImageId> parent,
    Instant at,
    ImageState state,
    Verdict verdict,
    long bytes,
    Set<Label> volumes,
    Optional<Instant> verifiedAt,
    Optional<Instant> damagedAt) {

  public LifeRow {
    volumes = Set.copyOf(volumes);
  }
}
