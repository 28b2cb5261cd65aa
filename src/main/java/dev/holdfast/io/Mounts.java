package dev.holdfast.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// What the kernel says about mounted file systems: where they hang, which device a path is on and
/// how many bytes are left. Asked anew each time, because a disk may go at any moment.
public final class Mounts {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT = 4;
  private static final int OCTAL_DIGITS = 3;

  private Mounts() {}

  /// The mount point of the file system that holds `path`, which must exist; `/` at least.
  public static Path pointOf(Path path) throws IOException {
    var real = path.toRealPath();
    return points().stream()
        .filter(real::startsWith)
        .max(Comparator.comparingInt(Path::getNameCount))
        .orElse(Path.of("/"));
  }

  /// True when a file system is mounted exactly here, bind mounts included.
  public static boolean isPoint(Path path) throws IOException {
    return points().contains(path.toRealPath());
  }

  /// The number of the device that `path` itself is on; another number means another file system.
  public static long device(Path path) throws IOException {
    return ((Number) Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS)).longValue();
  }

  /// Bytes that a process without privileges can still write, zero when `path` does not exist.
  public static long free(Path path) {
    return path.toFile().getUsableSpace();
  }

  /// Size of the whole file system in bytes, zero when `path` does not exist.
  public static long total(Path path) {
    return path.toFile().getTotalSpace();
  }

  private static List<Path> points() throws IOException {
    return new String(Files.readAllBytes(TABLE), StandardCharsets.UTF_8)
        .lines()
        .map(line -> Path.of(unescape(line.split(" ", MOUNT_POINT + 2)[MOUNT_POINT])))
        .toList();
  }

  /// The kernel writes blank, tab, line feed and backslash as three octal digits.
  static String unescape(String text) {
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + OCTAL_DIGITS < text.length()) {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 1 + OCTAL_DIGITS), 8));
        i += OCTAL_DIGITS;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
