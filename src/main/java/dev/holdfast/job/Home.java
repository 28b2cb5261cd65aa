package dev.holdfast.job;

import dev.holdfast.image.Manifest;
import dev.holdfast.image.PartSource;
import dev.holdfast.image.StoredFiles;
import dev.holdfast.media.MediaStorage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/// One place that keeps an image whole: staging, the set's own storage, or a further one.
///
/// @param name of the storage, or `staging`
/// @param manifest as it stands there: of the same image, with its own places
/// @param parts opens the image's files there, whichever manifest the entry is from
record Home(String name, Manifest manifest, PartSource parts) {

  static final String STAGING = "staging";

  /// On a storage.
  static Home on(MediaStorage storage, Manifest manifest) {
    return new Home(
        storage.name(), manifest, new Relocated(manifest, storage.reader().parts(manifest)));
  }

  /// The files of this home alone.
  StoredFiles files() {
    return new StoredFiles(manifest, parts);
  }

  /// Takes an entry of another home's manifest for the file that it is here.
  private record Relocated(Manifest own, PartSource parts) implements PartSource {

    @Override
    public SeekableByteChannel open(Manifest.Entry entry) throws IOException {
      return parts.open(here(entry));
    }

    @Override
    public Optional<Path> local(Manifest.Entry entry) throws IOException {
      return parts.local(here(entry));
    }

    @Override
    public String place(Manifest.Entry entry) {
      return Commit.find(own.files(), entry).map(parts::place).orElse("no volume");
    }

    private Manifest.Entry here(Manifest.Entry entry) throws IOException {
      return Commit.find(own.files(), entry)
          .orElseThrow(
              () ->
                  new IOException(
                      "the manifest there names no " + entry.kind() + " " + entry.file().number()));
    }
  }
}
