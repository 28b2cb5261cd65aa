package dev.holdfast.job;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.PartSource;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.model.ImageId;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Local copies of the INDEX and STATE of each image, so that lists and the next incremental need
/// no volume. A cache: what is missing here is read from staging or media.
final class Sidecars {
  private final Path folder;

  Sidecars(Path folder) {
    this.folder = folder;
  }

  /// Copies both files, durably. What is there already is of an attempt that did not become this
  /// image: it is replaced.
  void keep(ImageId image, ImageFolder from) throws IOException {
    for (var kind : List.of(FileKind.INDEX, FileKind.STATE)) {
      keep(path(image, kind), from.path().resolve(ImageFolder.fileName(kind, 1)));
    }
    DurableFiles.syncDirectory(folder);
  }

  /// Copies both files from where the image is kept.
  void keep(Manifest manifest, PartSource from) throws IOException {
    for (var entry : manifest.files()) {
      if (entry.kind() == FileKind.INDEX || entry.kind() == FileKind.STATE) {
        var sidecar = path(manifest.image(), entry.kind());
        var beside = sidecar.resolveSibling(sidecar.getFileName() + ".tmp");
        try (var channel = from.open(entry)) {
          Files.copy(Channels.newInputStream(channel), beside, StandardCopyOption.REPLACE_EXISTING);
        }
        DurableFiles.sync(beside);
        DurableFiles.publish(beside, sidecar);
      }
    }
  }

  boolean has(ImageId image, FileKind kind) {
    return Files.exists(path(image, kind));
  }

  /// Removes what belongs to none of these images, and what is not complete.
  void retain(Set<ImageId> images) throws IOException {
    var kept = new HashSet<Path>();
    for (var image : images) {
      kept.add(path(image, FileKind.INDEX));
      kept.add(path(image, FileKind.STATE));
    }
    try (var files = Files.list(folder)) {
      for (var file : files.filter(file -> !kept.contains(file)).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Removes both of an image that is no more.
  void remove(ImageId image) throws IOException {
    for (var kind : List.of(FileKind.INDEX, FileKind.STATE)) {
      Files.deleteIfExists(path(image, kind));
    }
  }

  /// Reads them as files of that image; other kinds are not here.
  PartSource of(ImageId image) {
    return new PartSource() {
      @Override
      public SeekableByteChannel open(Manifest.Entry entry) throws IOException {
        return FileChannel.open(path(image, entry.kind()), StandardOpenOption.READ);
      }

      @Override
      public String place(Manifest.Entry entry) {
        return "sidecar " + path(image, entry.kind());
      }
    };
  }

  private static void keep(Path sidecar, Path original) throws IOException {
    if (!Files.exists(original)) {
      return;
    }
    var beside = sidecar.resolveSibling(sidecar.getFileName() + ".tmp");
    Files.copy(original, beside, StandardCopyOption.REPLACE_EXISTING);
    DurableFiles.sync(beside);
    Files.move(beside, sidecar, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path path(ImageId image, FileKind kind) {
    return folder.resolve(image + "." + ImageFolder.fileName(kind, 1));
  }
}
