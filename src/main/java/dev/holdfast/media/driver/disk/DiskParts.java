package dev.holdfast.media.driver.disk;

import dev.holdfast.image.Manifest;
import dev.holdfast.image.PartSource;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.model.Label;
import dev.holdfast.model.VolumeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The files of one image on disk volumes. Thread-safe.
final class DiskParts implements PartSource {
  private final DiskVolumeReader reader;
  private final DiskLayout layout;
  private final Manifest manifest;
  private final Set<Label> checked = ConcurrentHashMap.newKeySet();

  DiskParts(DiskVolumeReader reader, DiskLayout layout, Manifest manifest) {
    this.reader = reader;
    this.layout = layout;
    this.manifest = manifest;
  }

  @Override
  public SeekableByteChannel open(Manifest.Entry entry) throws IOException {
    var place =
        entry
            .place()
            .orElseThrow(() -> new IOException("the manifest names no volume for " + entry));
    check(place.volume());
    var name =
        new VolumeFileName(
            place.number(), entry.kind(), Optional.of(manifest.image()), entry.file().number());
    try {
      return FileChannel.open(
          layout.volume(place.volume()).resolve(name.text()), StandardOpenOption.READ);
    } catch (NoSuchFileException missing) {
      throw new IOException(describe(place) + " is missing: " + name.text(), missing);
    }
  }

  @Override
  public String place(Manifest.Entry entry) {
    return entry.place().map(DiskParts::describe).orElse("no volume");
  }

  /// Two threads may both check the same label; that costs a read and nothing else.
  private void check(Label volume) throws IOException {
    if (checked.contains(volume)) {
      return;
    }
    var found = reader.label(volume);
    if (!found.set().equals(manifest.source().set())) {
      throw new IOException(
          "volume %s belongs to set %s, the image to %s"
              .formatted(volume, found.set(), manifest.source().set()));
    }
    checked.add(volume);
  }

  private static String describe(VolumeFile place) {
    return "volume " + place.volume() + " file " + place.number();
  }
}
