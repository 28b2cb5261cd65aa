package dev.holdfast.job;

import dev.holdfast.catalog.Verdict;
import dev.holdfast.image.Digests;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.HeaderFields;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.image.SealedFile;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.media.MediaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Makes an image exist on media: the manifest, chained to the set's previous one, is written last,
/// then the catalog is told. One at a time, whoever writes. Thread-safe.
final class Commit {
  private final RunScope scope;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  Commit(RunScope scope) {
    this.scope = scope;
  }

  /// @param staged the manifest without places; `files` the same files with them
  Manifest commit(Manifest staged, List<Manifest.Entry> files, Verdict verdict, Volumes volumes)
      throws IOException {
    oneAtATime.lock();
    try {
      if (!scope.lease().isHeld()) {
        // before a number is given: whoever had the lease meanwhile has given some
        scope.fence();
      }
      var images = scope.catalog().images();
      var manifest = staged.onMedia(images.lastSequence() + 1, images.lastManifestDigest(), files);
      var payload = ManifestCodec.encode(manifest);
      var file = scope.state().work(manifest.image(), "manifest");
      write(manifest, payload, file);
      volumes.write(MediaFile.manifest(manifest.image(), file));
      images.stored(manifest, verdict, Digests.of(payload));
      CrashPoint.STORED_RECORDED.reached();
      Files.delete(file);
      return manifest;
    } finally {
      oneAtATime.unlock();
    }
  }

  /// The manifest file as it stands in staging, and beside a direct dump.
  static void write(Manifest manifest, byte[] payload, Path file) throws IOException {
    try (var sealed = new SealedFile(file)) {
      sealed.payload().write(payload);
      sealed.complete(FileKind.MANIFEST, fields(manifest), "");
    }
  }

  private static HeaderFields fields(Manifest manifest) {
    return HeaderFields.empty()
        .with("Set", manifest.source().set().value())
        .with("Source", manifest.source().source().value())
        .with("Image", manifest.image().value())
        .with("File", "manifest")
        .with("Level", manifest.level().toString())
        .with("Parent", manifest.parent().map(Object::toString).orElse("none"))
        .with("Sequence", Long.toString(manifest.sequence()))
        .with("Previous", manifest.previous().map(Object::toString).orElse("none"));
  }

  /// The place of just these bytes, if they are on media.
  static Optional<Manifest.Entry> find(List<Manifest.Entry> entries, Manifest.Entry wanted) {
    return entries.stream()
        .filter(entry -> entry.kind() == wanted.kind() && entry.file().equals(wanted.file()))
        .findFirst();
  }
}
