package dev.holdfast.media;

import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Taperscan;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What a writer wants: a volume of this set that takes a file of so many bytes.
///
/// @param storage name of the declared storage
/// @param known the volumes that the catalog has recorded in this storage
/// @param taken labels recorded anywhere else; none of them is given to a new volume
/// @param closed volumes that must not be written: archived, or found full in this run
/// @param wanted bytes of the next file, header included
public record VolumeRequest(
    SetName set,
    String storage,
    Taperscan order,
    LabelTemplate template,
    Map<Label, UUID> known,
    Set<Label> taken,
    Set<Label> closed,
    long wanted) {
  public VolumeRequest {
    known = Map.copyOf(known);
    taken = Set.copyOf(taken);
    closed = Set.copyOf(closed);
  }

  /// The same wish with one more volume that must not be written.
  VolumeRequest without(Label volume) {
    var more = new HashSet<>(closed);
    more.add(volume);
    return new VolumeRequest(set, storage, order, template, known, taken, more, wanted);
  }
}
