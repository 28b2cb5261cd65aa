package dev.holdfast.image;

import java.nio.file.Path;
import java.util.Locale;

/// The files of one image in a folder of its own, as staging and the part cache keep them:
/// `p0001`, `p0002`, ..., `index`, `state`, `manifest`, each with its header, byte for byte what
/// goes to media.
public record ImageFolder(Path path) {

  public Path part(int number) {
    return path.resolve(fileName(FileKind.PART, number));
  }

  public Path index() {
    return path.resolve(fileName(FileKind.INDEX, 1));
  }

  public Path state() {
    return path.resolve(fileName(FileKind.STATE, 1));
  }

  public Path manifest() {
    return path.resolve(fileName(FileKind.MANIFEST, 1));
  }

  public Path file(Manifest.Entry entry) {
    return path.resolve(fileName(entry.kind(), entry.file().number()));
  }

  /// The last component of the file's name, here and on a volume (`00001.<image>.p0001`).
  public static String fileName(FileKind kind, int number) {
    return kind == FileKind.PART
        ? String.format(Locale.ROOT, "p%04d", number)
        : kind.name().toLowerCase(Locale.ROOT);
  }
}
