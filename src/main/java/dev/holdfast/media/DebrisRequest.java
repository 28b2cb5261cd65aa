package dev.holdfast.media;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import dev.holdfast.model.VolumeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Whose debris is meant, and what must not be taken for it.
///
/// @param known volumes that the catalog has recorded for the set in this storage
/// @param kept images that the catalog counts as stored, and images that are being written now:
///     without a manifest on media, all of their files stay
/// @param recorded files of images whose writing goes on after them
public record DebrisRequest(
    SetName set, Set<Label> known, Set<ImageId> kept, Set<VolumeFile> recorded) {
  public DebrisRequest {
    known = Set.copyOf(known);
    kept = Set.copyOf(kept);
    recorded = Set.copyOf(recorded);
  }

  public DebrisRequest(SetName set, Set<Label> known, Set<ImageId> kept) {
    this(set, known, kept, Set.of());
  }

  /// The set's volumes among all places of a storage; none while one of them, or a place that could
  /// be one, cannot be read or is missing.
  public List<Label> volumes(String storage, List<Sighting> places) {
    var found = new ArrayList<Label>();
    for (var place : places) {
      switch (place) {
        case Sighting.Unreadable _ -> {
          return List.of();
        }
        case Sighting.Labelled(var label, _, _, _)
            when label.set().equals(set) && label.storage().equals(storage) ->
            found.add(label.name());
        case Sighting.Labelled _, Sighting.Foreign _ -> {
          // another set's, or another program's
        }
      }
    }
    return found.containsAll(known) ? found : List.of();
  }
}
