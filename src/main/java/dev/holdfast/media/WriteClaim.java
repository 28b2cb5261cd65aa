package dev.holdfast.media;

import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import java.util.Set;

/// What a writer believes about the volume that it wants to open; the guard compares it with the
/// label read from the medium.
///
/// @param expected the label as the scan or the catalog knows it
/// @param closed volumes that must not be written: archived, out of rotation, full in this run
public record WriteClaim(SetName set, String storage, VolumeLabel expected, Set<Label> closed) {
  public WriteClaim {
    closed = Set.copyOf(closed);
  }
}
