package dev.holdfast.job;

import dev.holdfast.catalog.Copies;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.image.Manifest;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ImageId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Gives copies the number that their image has by now. While the set's own storage is away an
/// image is copied from staging and has none, because only who holds that storage gives numbers.
/// Later such a copy gets a second manifest, which counts before the first; nothing is replaced.
/// Used by one thread.
final class CopyNumbers {
  private final RunScope scope;
  private final MediaStorage storage;
  private final Copies copies;

  CopyNumbers(RunScope scope, MediaStorage storage) {
    this.scope = scope;
    this.storage = storage;
    this.copies = scope.catalog().copies();
  }

  /// The manifests that copies there should have and do not.
  List<Manifest> missing() {
    return copies.on(storage.name()).stream()
        .filter(copy -> copy.isStored() && copy.damagedAt().isEmpty())
        .flatMap(copy -> copy.manifest().stream())
        .filter(manifest -> manifest.sequence() == 0)
        .flatMap(copied -> own(copied.image()).map(own -> numbered(copied, own)).stream())
        .toList();
  }

  /// Writes them.
  void give(Volumes volumes) throws IOException {
    for (var manifest : missing()) {
      if (isThere(manifest)) {
        copies.stored(storage.name(), manifest, scope.request().clock().instant());
      } else {
        ImageCopy.commit(scope, storage.name(), manifest, volumes);
      }
    }
  }

  /// It reached the storage before the catalog heard of it.
  private boolean isThere(Manifest wanted) throws IOException {
    Predicate<FoundManifest> same =
        found -> found instanceof FoundManifest.Whole(_, var whole) && whole.equals(wanted);
    for (var label : scope.knownLabels(storage.name())) {
      if (storage.reader().manifests(label).stream().anyMatch(same)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Manifest> own(ImageId image) {
    return scope
        .catalog()
        .images()
        .find(image)
        .filter(row -> row.state() == ImageState.STORED)
        .flatMap(ImageRow::manifest)
        .filter(manifest -> manifest.sequence() > 0);
  }

  private static Manifest numbered(Manifest copied, Manifest own) {
    return copied.onMedia(own.sequence(), own.previous(), copied.files());
  }
}
