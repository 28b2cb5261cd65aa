package dev.holdfast.job;

import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.OsLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// Who reads images of a set from media, so that no prune takes them away meanwhile. A reader
/// announces itself before it asks the catalog; a prune puts the tombstone before it asks for
/// readers. So one of the two always sees the other. The announcement is a lock of the operating
/// system on a file of its own: it ends with its process.
record Readers(Path folder) {

  static Readers of(SetState state) {
    return new Readers(state.folder().resolve("readers"));
  }

  /// Someone reads from now until it is closed.
  interface Reading extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /// A reader that may not write to the state directory reads without protection.
  Reading announce() {
    var file = folder.resolve(UUID.randomUUID().toString());
    try {
      DurableFiles.createPrivateDirectory(folder);
      var lock = OsLock.tryAcquire(file, "process " + ProcessHandle.current().pid());
      return () -> end(file, lock);
    } catch (IOException readOnly) {
      return () -> {};
    }
  }

  /// Who reads now, for people; what a dead reader left is removed.
  Optional<String> present() throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        var holder = OsLock.holder(file);
        var lock = OsLock.tryAcquire(file, holder);
        if (lock.isEmpty()) {
          return Optional.of(holder);
        }
        end(file, lock);
      }
      return Optional.empty();
    } catch (NoSuchFileException endedJustNow) {
      return present();
    }
  }

  private static void end(Path file, Optional<OsLock> lock) throws IOException {
    Files.deleteIfExists(file);
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
