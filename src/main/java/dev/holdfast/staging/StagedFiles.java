package dev.holdfast.staging;

import dev.holdfast.image.Header;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestFile;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.model.ImageId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads a folder of staging and tells an image from what is none.
final class StagedFiles {

  private StagedFiles() {}

  static StagingEntry read(ImageFolder folder, ImageId image) throws IOException {
    if (!Files.isRegularFile(folder.manifest())) {
      return new Suspect(folder.path(), "has no manifest");
    }
    var manifest = manifest(folder, image);
    if (manifest instanceof Verdict.Wrong(var reason)) {
      return new Suspect(folder.path(), reason);
    }
    var read = ((Verdict.Right) manifest).manifest();
    for (var entry : read.files()) {
      var fault = fault(folder.file(entry), Header.SIZE + entry.file().length());
      if (fault.isPresent()) {
        return new Suspect(folder.path(), fault.get());
      }
    }
    return new StagedImage(folder, read, size(folder.path()));
  }

  /// Makes the bytes of every file and their names durable.
  static void sync(StagedImage image) throws IOException {
    for (var entry : image.manifest().files()) {
      DurableFiles.sync(image.folder().file(entry));
    }
    DurableFiles.sync(image.folder().manifest());
    DurableFiles.syncDirectory(image.folder().path());
  }

  /// Bytes of the files below a folder; one that goes away meanwhile counts nothing.
  static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    }
  }

  private static Verdict manifest(ImageFolder folder, ImageId image) {
    try {
      var manifest = ManifestFile.read(folder.manifest());
      return manifest.image().equals(image)
          ? new Verdict.Right(manifest)
          : new Verdict.Wrong("holds the manifest of image " + manifest.image());
    } catch (IOException unreadable) {
      return new Verdict.Wrong("manifest " + unreadable.getMessage());
    }
  }

  private static Optional<String> fault(Path file, long expected) throws IOException {
    var name = file.getFileName();
    if (!Files.isRegularFile(file)) {
      return Optional.of(name + " is missing");
    }
    long size = Files.size(file);
    return size == expected
        ? Optional.empty()
        : Optional.of(name + " is " + size + " bytes long, was written with " + expected);
  }

  /// Whether a folder's manifest is one, and its own.
  private sealed interface Verdict {
    record Right(Manifest manifest) implements Verdict {}

    record Wrong(String reason) implements Verdict {}
  }
}
