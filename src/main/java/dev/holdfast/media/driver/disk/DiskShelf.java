package dev.holdfast.media.driver.disk;

import dev.holdfast.image.Digests;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.Shelf;
import dev.holdfast.model.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// Records as files below `<path>/.holdfast/`. A change is written beside and synced first; only
/// then the shelf's lock of the operating system is taken, for the comparison and the rename, so
/// that whoever is suspended in between keeps nobody waiting for long. On a network file system
/// this asks for locks that hold between hosts (NFS 4 has them).
final class DiskShelf implements Shelf {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// By the clock of the file system itself, on both sides of the comparison.
  private static final Duration OLDEST_LEFTOVER = Duration.ofHours(1);

  /// A lock of the operating system belongs to the whole process: its threads take turns here.
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final DiskLayout layout;
  private final DiskPresence presence;

  DiskShelf(DiskLayout layout, DiskPresence presence) {
    this.layout = layout;
    this.presence = presence;
  }

  @Override
  public Optional<Held> read(String name) throws IOException {
    Shelf.checkName(name);
    return isUnused() ? Optional.empty() : held(name);
  }

  @Override
  public Optional<Held> create(String name, byte[] bytes) throws IOException {
    var file = layout.record(name);
    return changed(file, bytes, beside -> isCreated(beside, file))
        ? Optional.of(held(name, bytes))
        : Optional.empty();
  }

  @Override
  public Optional<Held> replace(Held expected, byte[] bytes) throws IOException {
    var file = layout.record(expected.name());
    return changed(file, bytes, beside -> isThere(expected) && isPublished(beside, file))
        ? Optional.of(held(expected.name(), bytes))
        : Optional.empty();
  }

  @Override
  public Held put(String name, byte[] bytes) throws IOException {
    var file = layout.record(name);
    changed(file, bytes, beside -> isPublished(beside, file));
    return held(name, bytes);
  }

  @Override
  public void remove(Held expected) throws IOException {
    if (isUnused() || held(expected.name()).isEmpty()) {
      return;
    }
    var file = layout.record(expected.name());
    locked(
        () -> {
          if (isThere(expected)) {
            Files.delete(file);
            DurableFiles.syncDirectory(DurableFiles.parentOf(file));
          }
          return true;
        });
  }

  /// Writes beside, then lets the change decide under the lock what becomes of it.
  private boolean changed(Path file, byte[] bytes, Change change) throws IOException {
    refuse(presence.absence());
    var folder = DurableFiles.createPrivateDirectory(DurableFiles.parentOf(file));
    var beside = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.write(beside, bytes);
      DurableFiles.sync(beside);
      return locked(
          () -> {
            removeLeftovers(beside);
            return change.apply(beside);
          });
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private boolean locked(Locked work) throws IOException {
    THREADS.lock();
    try (var _ = acquired()) {
      refuse(presence.absence());
      return work.run();
    } finally {
      THREADS.unlock();
    }
  }

  private OsLock acquired() throws IOException {
    var file = layout.shelfLock();
    try {
      var lock = OsLock.acquire(file, holder(), PATIENCE);
      if (lock.isEmpty()) {
        throw new IOException(file + " is locked by " + OsLock.holder(file));
      }
      return lock.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while waiting for " + file);
    }
  }

  /// A second name of the same bytes never takes the place of what is there, even on a file system
  /// whose locks do not hold; where there are no second names, the lock has to do.
  private static boolean isCreated(Path beside, Path file) throws IOException {
    try {
      Files.createLink(file, beside);
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (IOException | UnsupportedOperationException noLinks) {
      return !Files.exists(file) && isPublished(beside, file);
    }
    DurableFiles.syncDirectory(DurableFiles.parentOf(file));
    return true;
  }

  private static boolean isPublished(Path beside, Path file) throws IOException {
    DurableFiles.publish(beside, file);
    return true;
  }

  private boolean isThere(Held expected) throws IOException {
    return held(expected.name())
        .filter(found -> found.version().equals(expected.version()))
        .isPresent();
  }

  private Optional<Held> held(String name) throws IOException {
    try (var in = Files.newInputStream(layout.record(name))) {
      var bytes = in.readNBytes(LARGEST);
      if (in.read() >= 0) {
        throw new IOException("record " + name + " is larger than " + LARGEST + " bytes");
      }
      return Optional.of(held(name, bytes));
    } catch (NoSuchFileException none) {
      refuse(presence.absence());
      return Optional.empty();
    }
  }

  private static Held held(String name, byte[] bytes) {
    return new Held(name, Digests.of(bytes).hex(), bytes);
  }

  /// What a process left that was killed between writing and renaming.
  private static void removeLeftovers(Path own) throws IOException {
    var oldest = Files.getLastModifiedTime(own).toInstant().minus(OLDEST_LEFTOVER);
    try (var entries = Files.newDirectoryStream(DurableFiles.parentOf(own), ".*.tmp")) {
      for (var entry : entries) {
        if (Files.getLastModifiedTime(entry).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  /// Never used, and the declaration lets it be made: nothing can be there.
  private boolean isUnused() throws IOException {
    if (presence.isUnused()) {
      return true;
    }
    refuse(presence.absence());
    return false;
  }

  private static void refuse(Optional<Problem> absence) throws IOException {
    if (absence.isPresent()) {
      throw new IOException(absence.get().place() + ": " + absence.get().fact());
    }
  }

  private static String holder() {
    return "process " + ProcessHandle.current().pid();
  }

  /// A change of one record, under the lock; false when another one was there.
  private interface Change {
    boolean apply(Path beside) throws IOException;
  }

  private interface Locked {
    boolean run() throws IOException;
  }
}
