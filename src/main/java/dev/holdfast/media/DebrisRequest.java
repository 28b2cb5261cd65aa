package dev.holdfast.media;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import java.util.Set;

/// Whose debris is meant, and what must not be taken for it.
///
/// @param known volumes that the catalog has recorded for the set in this storage
/// @param kept images in flight, and images that the catalog counts as stored
public record DebrisRequest(SetName set, Set<Label> known, Set<ImageId> kept) {
  public DebrisRequest {
    known = Set.copyOf(known);
    kept = Set.copyOf(kept);
  }
}
