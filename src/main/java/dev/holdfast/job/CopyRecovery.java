package dev.holdfast.job;

import dev.holdfast.catalog.Copies;
import dev.holdfast.catalog.CopyRow;
import dev.holdfast.catalog.CopyState;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.media.DebrisRequest;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ImageId;
import dev.holdfast.report.RunEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings catalog and one further storage to agree after a copy was cut off: a copy whose manifest
/// is there exists, what was recorded is gone on with, everything else of it is removed. Looks only
/// when a copy was cut off: else nothing can be left over.
final class CopyRecovery {
  private final RunScope scope;
  private final MediaStorage storage;
  private final Copies copies;

  CopyRecovery(RunScope scope, MediaStorage storage) {
    this.scope = scope;
    this.storage = storage;
    this.copies = scope.catalog().copies();
  }

  void run() throws IOException {
    if (unfinished().isEmpty()) {
      return;
    }
    finishCommitted();
    forgetWhatIsNowhere();
    removeDebris();
  }

  private Set<ImageId> unfinished() {
    return copies.on(storage.name()).stream()
        .filter(copy -> copy.state() == CopyState.WRITING)
        .map(CopyRow::image)
        .collect(Collectors.toSet());
  }

  /// The manifest reached the storage before the catalog heard of it.
  private void finishCommitted() throws IOException {
    var open = unfinished();
    for (var label : scope.knownLabels(storage.name())) {
      for (var found : storage.reader().manifests(label)) {
        if (found instanceof FoundManifest.Whole(_, var manifest)
            && open.contains(manifest.image())) {
          copies.stored(storage.name(), manifest, Instant.now(scope.request().clock()));
          CrashPoint.COPY_STORED.reached();
        }
      }
    }
  }

  /// An image that no home keeps any more cannot be copied to its end.
  private void forgetWhatIsNowhere() {
    for (var image : unfinished()) {
      if (scope.catalog().images().find(image).filter(ImageRow::exists).isEmpty()) {
        copies.forget(image, storage.name());
      }
    }
  }

  private void removeDebris() throws IOException {
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
        new DebrisRequest(scope.set().name(), scope.knownLabels(storage.name()), stored, recorded);
    var removed = storage.reader().removeDebris(request);
    if (!removed.isEmpty()) {
      scope
          .events()
          .tell(
              new RunEvent.Note(
                  "removed %d files that an unfinished copy had left on storage %s"
                      .formatted(removed.size(), storage.name())));
    }
  }
}
