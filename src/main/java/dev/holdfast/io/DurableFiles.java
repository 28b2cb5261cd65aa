package dev.holdfast.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/// Files that appear only complete: write beside, sync, rename, sync the directory. A failed sync
/// poisons the file: it is never synced again, the caller throws it away (PostgreSQL, 2018).
public final class DurableFiles {

  private DurableFiles() {}

  /// Writes `bytes` under `target`'s final name, or leaves what was there.
  public static void write(Path target, byte[] bytes) throws IOException {
    var beside = target.resolveSibling(target.getFileName() + ".tmp");
    Files.write(beside, bytes);
    sync(beside);
    publish(beside, target);
  }

  /// Writes a short text that only the owner may read: created with mode 0600, never wider.
  public static void writePrivate(Path target, String text) throws IOException {
    var beside = target.resolveSibling(target.getFileName() + ".tmp");
    Files.deleteIfExists(beside);
    Files.createFile(
        beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(beside, text);
    sync(beside);
    publish(beside, target);
  }

  /// Renames a complete and synced file or directory to its final name, durably.
  public static void publish(Path beside, Path target) throws IOException {
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(parentOf(target));
  }

  public static void sync(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /// Makes the names in a directory durable; opening it for reading is enough on Linux.
  public static void syncDirectory(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Creates a directory and its missing parents with mode 0700.
  public static Path createPrivateDirectory(Path directory) throws IOException {
    return Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// Removes a folder with all that is in it; absent is fine.
  public static void deleteTree(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException absent) {
      return;
    }
  }

  /// The directory in which a file's name stands.
  public static Path parentOf(Path target) {
    var parent = target.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no parent directory: " + target);
    }
    return parent;
  }
}
