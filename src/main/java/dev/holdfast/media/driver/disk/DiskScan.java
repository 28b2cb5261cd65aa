package dev.holdfast.media.driver.disk;

import dev.holdfast.image.StoredHeader;
import dev.holdfast.media.LabelFile;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tells what a directory of a disk storage is, by reading its label and the names of its files.
final class DiskScan {

  private DiskScan() {}

  static Sighting sight(Path volume) {
    var place = DiskLayout.name(volume);
    try {
      if (!Files.isDirectory(volume, LinkOption.NOFOLLOW_LINKS)) {
        return new Sighting.Foreign(place, "not a directory of its own");
      }
      var label = volume.resolve(VolumeFileName.LABEL);
      return Files.exists(label, LinkOption.NOFOLLOW_LINKS)
          ? sight(volume, read(label))
          : new Sighting.Foreign(place, "a directory without " + VolumeFileName.LABEL);
    } catch (IOException | UncheckedIOException unreadable) {
      return new Sighting.Unreadable(place, Reason.of(unreadable));
    }
  }

  private static LabelFile.ReadResult read(Path label) throws IOException {
    try (var channel =
        FileChannel.open(label, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return LabelFile.read(StoredHeader.readBytes(channel));
    }
  }

  private static Sighting sight(Path volume, LabelFile.ReadResult read) throws IOException {
    var place = DiskLayout.name(volume);
    return switch (read) {
      case LabelFile.ReadResult.Unreadable(var cause) -> new Sighting.Unreadable(place, cause);
      case LabelFile.ReadResult.Read(var label) when !label.name().value().equals(place) ->
          new Sighting.Foreign(place, "volume " + label.name() + " under another name");
      case LabelFile.ReadResult.Read(var label) -> labelled(volume, label);
    };
  }

  private static Sighting labelled(Path volume, VolumeLabel label) throws IOException {
    var files = DiskLayout.files(volume);
    long used = files.stream().mapToLong(StoredFile::bytes).sum();
    int last = files.isEmpty() ? 0 : files.getLast().number();
    return new Sighting.Labelled(label, used, last + 1, lastWritten(volume, files));
  }

  private static Optional<Instant> lastWritten(Path volume, List<StoredFile> files)
      throws IOException {
    if (files.isEmpty() || files.getLast().number() == 0) {
      return Optional.empty();
    }
    var newest = DiskLayout.path(volume, files.getLast());
    return Optional.of(Files.getLastModifiedTime(newest).toInstant());
  }
}
