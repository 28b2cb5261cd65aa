package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.Copies;
import dev.holdfast.catalog.CopyRow;
import dev.holdfast.catalog.CopyState;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.image.FileKind;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.media.DebrisRequest;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.Sighting;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings catalog and one further storage to agree after a copy was cut off: a copy whose manifest
/// is there exists, what was recorded is gone on with, everything else of it is removed.
final class CopyRecovery {
  private final SetName set;
  private final Catalog catalog;
  private final MediaStorage storage;
  private final Clock clock;
  private final Copies copies;

  CopyRecovery(SetName set, Catalog catalog, MediaStorage storage, Clock clock) {
    this.set = set;
    this.catalog = catalog;
    this.storage = storage;
    this.clock = clock;
    this.copies = catalog.copies();
  }

  /// Debris is looked for only when a copy was cut off: else nothing can be left over.
  ///
  /// @param wanted images that are to be copied: of which a copy that was cut off is gone on with,
  ///     and which another state directory may have copied meanwhile
  /// @return how many files of no copy were removed
  int run(Set<ImageId> wanted) throws IOException {
    var open = new HashSet<>(wanted);
    open.addAll(unfinished());
    find(open);
    if (unfinished().isEmpty()) {
      return 0;
    }
    unfinished().stream()
        .filter(image -> !wanted.contains(image))
        .forEach(image -> copies.forget(image, storage.name()));
    return removeDebris();
  }

  private Set<ImageId> unfinished() {
    return copies.on(storage.name()).stream()
        .filter(copy -> copy.state() == CopyState.WRITING)
        .map(CopyRow::image)
        .collect(Collectors.toSet());
  }

  /// A manifest reached the storage and this catalog did not hear of it.
  private void find(Set<ImageId> open) throws IOException {
    for (var sighting : open.isEmpty() ? List.<Sighting>of() : storage.scan()) {
      if (sighting instanceof Sighting.Labelled(var label, _, _, _)
          && label.set().equals(set)
          && label.storage().equals(storage.name())
          && isListed(label.name(), open)) {
        catalog
            .inventory()
            .know(new VolumeRow(label.name(), label.uuid(), label.storage(), label.labelledAt()));
        find(label.name(), open);
      }
    }
  }

  private boolean isListed(Label label, Set<ImageId> open) throws IOException {
    return storage.reader().files(label).stream()
        .filter(file -> file.kind() == FileKind.MANIFEST)
        .anyMatch(file -> file.image().filter(open::contains).isPresent());
  }

  private void find(Label label, Set<ImageId> open) throws IOException {
    for (var found : storage.reader().manifests(label)) {
      if (found instanceof FoundManifest.Whole(_, var manifest)
          && open.contains(manifest.image())) {
        copies.stored(storage.name(), manifest, Instant.now(clock));
        CrashPoint.COPY_STORED.reached();
      }
    }
  }

  /// What no copy needs, also when none was cut off that the catalog knows.
  int removeDebris() throws IOException {
    var stored =
        copies.on(storage.name()).stream()
            .filter(CopyRow::isStored)
            .map(CopyRow::image)
            .collect(Collectors.toSet());
    var recorded =
        unfinished().stream()
            .flatMap(image -> copies.onMedia(image, storage.name()).stream())
            .flatMap(entry -> entry.place().stream())
            .collect(Collectors.toSet());
    var request =
        new DebrisRequest(set, catalog.inventory().labels(storage.name()), stored, recorded);
    return storage.reader().removeDebris(request).size();
  }
}
