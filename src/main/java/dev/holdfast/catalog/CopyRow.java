package dev.holdfast.catalog;

import dev.holdfast.image.Manifest;
import dev.holdfast.model.ImageId;
import java.time.Instant;
import java.util.Optional;

/// A copy of an image on a further storage.
///
/// @param begunAt when the first attempt began
/// @param storedAt when its manifest was durable there; empty while it is being written
/// @param verifiedAt when every byte of it was last read and was right; empty = never since
/// @param damagedAt when bytes of it were last read and were wrong; empty = not known to be damaged
/// @param manifest the copy's own, with its places; empty while it is being written
public record CopyRow(
    ImageId image,
    String storage,
    CopyState state,
    Instant begunAt,
    Optional<Instant> storedAt,
    Optional<Instant> verifiedAt,
    Optional<Instant> damagedAt,
    Optional<Manifest> manifest) {

  /// Its manifest is durable on that storage.
  public boolean isStored() {
    return state == CopyState.STORED && manifest.isPresent();
  }
}
