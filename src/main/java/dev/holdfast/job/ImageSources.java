package dev.holdfast.job;

import dev.holdfast.catalog.Copies;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.image.Detours;
import dev.holdfast.image.PartSource;
import dev.holdfast.image.StoredFiles;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ImageId;
import dev.holdfast.staging.StagingArea;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds where the files of an image can be read: the local copy of an INDEX or STATE, staging, the
/// set's own storage, further storages. Thread-safe.
///
/// @param detours is told of each file that did not come from its nearest home
record ImageSources(
    Sidecars sidecars,
    Optional<StagingArea> staging,
    MediaStorage storage,
    DeclaredStorages declared,
    Copies copies,
    Detours detours) {

  /// The image's files, each from the nearest place that has it whole.
  StoredFiles files(ImageRow row) throws IOException {
    var manifest = row.manifest().orElseThrow();
    var places = new ArrayList<PartSource>();
    places.add(sidecars.of(manifest.image()));
    homes(row).forEach(home -> places.add(home.parts()));
    return new StoredFiles(manifest, places, detours);
  }

  /// Every place that keeps the image, the nearest first. Never empty: an image that is nowhere is
  /// looked for on the set's own storage, which can say best what is missing.
  List<Home> homes(ImageRow row) throws IOException {
    var homes = new ArrayList<Home>();
    staged(row.planned().image()).ifPresent(homes::add);
    homes.addAll(onMedia(row));
    return homes.isEmpty()
        ? List.of(Home.on(storage, row.manifest().orElseThrow()))
        : List.copyOf(homes);
  }

  /// The same without staging; empty while it lies nowhere else.
  List<Home> onMedia(ImageRow row) {
    var homes = new ArrayList<Home>();
    if (row.state() == ImageState.STORED) {
      homes.add(Home.on(storage, row.manifest().orElseThrow()));
    }
    for (var copy : copies.of(row.planned().image())) {
      if (copy.isStored()) {
        declared
            .open(copy.storage())
            .ifPresent(there -> homes.add(Home.on(there, copy.manifest().orElseThrow())));
      }
    }
    homes.sort(Comparator.comparingInt(home -> declared.distance(home.name())));
    return homes;
  }

  private Optional<Home> staged(ImageId image) throws IOException {
    return staging.isEmpty()
        ? Optional.empty()
        : staging
            .get()
            .find(image)
            .map(staged -> new Home(Home.STAGING, staged.manifest(), staged.parts()));
  }
}
