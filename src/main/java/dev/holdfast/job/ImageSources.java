package dev.holdfast.job;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.PartSource;
import dev.holdfast.image.StoredFiles;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.staging.StagedImage;
import dev.holdfast.staging.StagingArea;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Finds where the files of an image can be read: the local copy of an INDEX or STATE, else
/// staging, else media. Thread-safe.
record ImageSources(Sidecars sidecars, Optional<StagingArea> staging, MediaStorage storage) {

  /// The image's files, from the nearest place that has them.
  StoredFiles files(Manifest manifest) throws IOException {
    return new StoredFiles(manifest, new Nearest(sidecars.of(manifest.image()), stored(manifest)));
  }

  /// The image's files where they are kept, local copies left aside: what `verify` must read.
  StoredFiles stored(Manifest manifest, boolean fromMedia) throws IOException {
    return new StoredFiles(
        manifest, fromMedia ? storage.reader().parts(manifest) : stored(manifest));
  }

  private PartSource stored(Manifest manifest) throws IOException {
    var staged =
        staging.isPresent() ? staging.get().find(manifest.image()) : Optional.<StagedImage>empty();
    return staged.isPresent() ? staged.get().parts() : storage.reader().parts(manifest);
  }

  /// The local copy first; what it does not have, or cannot give, from where the image is.
  private record Nearest(PartSource local, PartSource stored) implements PartSource {

    @Override
    public SeekableByteChannel open(Manifest.Entry entry) throws IOException {
      if (entry.kind() == FileKind.PART) {
        return stored.open(entry);
      }
      try {
        return local.open(entry);
      } catch (NoSuchFileException notHere) {
        return stored.open(entry);
      }
    }

    @Override
    public String place(Manifest.Entry entry) {
      return entry.kind() == FileKind.PART ? stored.place(entry) : local.place(entry);
    }
  }
}
