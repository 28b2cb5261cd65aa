package dev.holdfast.media;

import dev.holdfast.image.Manifest;
import dev.holdfast.image.MissingFileException;
import dev.holdfast.image.PartSource;
import dev.holdfast.model.Label;
import dev.holdfast.model.VolumeFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The files of one image on the volumes of a storage, whatever its kind. The label of each volume
/// is checked when it is first needed. Thread-safe.
public final class VolumeParts implements PartSource {
  private final VolumeReader reader;
  private final Opener opener;
  private final Manifest manifest;
  private final Set<Label> checked = ConcurrentHashMap.newKeySet();

  /// How a kind of storage opens a file of a volume.
  public interface Opener {

    /// Opens it, positioned at its header.
    ///
    /// @throws NoSuchFileException when the volume has no such file
    SeekableByteChannel open(Label volume, VolumeFileName name) throws IOException;

    /// The file where it lies on a file system of this machine; empty where it must be fetched.
    default Optional<Path> local(Label volume, VolumeFileName name) {
      return Optional.empty();
    }
  }

  public VolumeParts(VolumeReader reader, Opener opener, Manifest manifest) {
    this.reader = reader;
    this.opener = opener;
    this.manifest = manifest;
  }

  @Override
  public SeekableByteChannel open(Manifest.Entry entry) throws IOException {
    var place = located(entry);
    var name = name(entry, place);
    try {
      return opener.open(place.volume(), name);
    } catch (NoSuchFileException missing) {
      throw new MissingFileException(describe(place) + " is missing: " + name.text(), missing);
    }
  }

  @Override
  public Optional<Path> local(Manifest.Entry entry) throws IOException {
    var place = located(entry);
    return opener.local(place.volume(), name(entry, place));
  }

  private VolumeFile located(Manifest.Entry entry) throws IOException {
    var place =
        entry
            .place()
            .orElseThrow(() -> new IOException("the manifest names no volume for " + entry));
    check(place.volume());
    return place;
  }

  private VolumeFileName name(Manifest.Entry entry, VolumeFile place) {
    return new VolumeFileName(
        place.number(), entry.kind(), Optional.of(manifest.image()), entry.file().number());
  }

  @Override
  public String place(Manifest.Entry entry) {
    return entry.place().map(VolumeParts::describe).orElse("no volume");
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
