package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.media.DebrisRequest;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.VolumeFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What unfinished writes left on a set's own storage. Debris of a run that lives is none: the
/// caller holds the lease.
record Debris(SetName set, Catalog catalog, MediaStorage storage) {

  /// Where this login may not remove, nothing is: a prune by one that may does it.
  ///
  /// @return how many files went
  int remove() throws IOException {
    var known = catalog.inventory().labels(storage.name());
    var request = new DebrisRequest(set, known, images(ImageState.STORED), recorded());
    return storage.reader().removeDebris(request).size();
  }

  /// A file that a crash kept from being recorded is written again, perhaps to another volume: the
  /// first one goes, or it would stay for ever.
  private Set<VolumeFile> recorded() {
    return images(ImageState.STAGED, ImageState.WRITING).stream()
        .flatMap(image -> catalog.images().onMedia(image).stream())
        .flatMap(entry -> entry.place().stream())
        .collect(Collectors.toSet());
  }

  private Set<ImageId> images(ImageState... states) {
    return Arrays.stream(states)
        .flatMap(state -> catalog.images().in(state).stream())
        .map(row -> row.planned().image())
        .collect(Collectors.toSet());
  }

  /// For people.
  static String text(int removed) {
    return "removed " + removed + " files that an unfinished write had left on media";
  }
}
