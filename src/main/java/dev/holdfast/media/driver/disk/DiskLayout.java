package dev.holdfast.media.driver.disk;

import dev.holdfast.media.Shelf;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.model.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where things lie on disk storage. Names with a leading dot are never volumes or their files:
/// the identity, the shelf, a volume's lock, and what is not complete yet.
record DiskLayout(Path path) {
  private static final String LOST_AND_FOUND = "lost+found";
  private static final Pattern UNFINISHED_FILE = Pattern.compile("\\.\\d{5,9}\\.tmp");

  Path identity() {
    return path.resolve(".holdfast-identity");
  }

  /// A record of the shelf.
  Path record(String name) {
    return shelf().resolve(Shelf.checkName(name));
  }

  /// Held while a record is compared and replaced.
  Path shelfLock() {
    return shelf().resolve(".lock");
  }

  private Path shelf() {
    return path.resolve(".holdfast");
  }

  Path volume(Label label) {
    return path.resolve(label.value());
  }

  /// The directory in which a new volume's label is written before it gets its name. The set is
  /// part of it: only its own runs may clear it away.
  Path unfinishedVolume(VolumeLabel label) {
    return path.resolve("." + label.name() + "." + label.set() + ".new");
  }

  /// What an interrupted labelling of this set left.
  List<Path> unfinishedVolumes(String set) throws IOException {
    try (var entries = Files.list(path)) {
      return entries.filter(entry -> name(entry).matches("\\..*\\." + set + "\\.new")).toList();
    }
  }

  static Path lock(Path volume) {
    return volume.resolve(".lock");
  }

  static Path unfinishedFile(Path volume, int number) {
    return volume.resolve(String.format(Locale.ROOT, ".%05d.tmp", number));
  }

  static List<Path> unfinishedFiles(Path volume) throws IOException {
    try (var entries = Files.list(volume)) {
      return entries.filter(entry -> UNFINISHED_FILE.matcher(name(entry)).matches()).toList();
    }
  }

  /// Every directory that is, or could be taken for, a volume, by name.
  List<Path> places() throws IOException {
    try (var entries = Files.list(path)) {
      return entries
          .filter(entry -> !name(entry).startsWith(".") && !name(entry).equals(LOST_AND_FOUND))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    }
  }

  /// The named files of a volume by number; other names are not ours and are left out.
  static List<StoredFile> files(Path volume) throws IOException {
    try (var entries = Files.list(volume)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
          .flatMap(entry -> file(entry).stream())
          .sorted(Comparator.comparingInt(StoredFile::number))
          .toList();
    }
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  static Path path(Path volume, StoredFile file) {
    return volume.resolve(fileName(file).text());
  }

  static VolumeFileName fileName(StoredFile file) {
    return new VolumeFileName(file.number(), file.kind(), file.image(), file.part());
  }

  private static Optional<StoredFile> file(Path entry) {
    var volume = new Label(name(Optional.ofNullable(entry.getParent()).orElse(entry)));
    return VolumeFileName.parse(name(entry))
        .map(
            parsed ->
                new StoredFile(
                    volume,
                    parsed.number(),
                    parsed.kind(),
                    parsed.image(),
                    parsed.part(),
                    entry.toFile().length()));
  }
}
