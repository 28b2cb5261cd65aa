package dev.holdfast.staging;

import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.OsLock;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What the sets of one Staging take of it, a small file for each set in one folder. A set that
/// runs holds a lock of the operating system beside its file: of a set whose process is gone only
/// what lies in its folder still counts, not what was promised to its dumps. Nothing here outlives
/// a power cut, and nothing needs to: the files of a run are written anew at its start.
/// Thread-safe.
public final class SharedRoom implements AutoCloseable {
  private static final String ROOM = ".room";
  private static final String LOCK = ".lock";

  /// Others look for a moment whether the set lives, by taking its lock.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Path folder;
  private final String set;
  private final OsLock own;

  private SharedRoom(Path folder, String set, OsLock own) {
    this.folder = folder;
    this.set = set;
    this.own = own;
  }

  /// Joins the sets that share the Staging with this folder of books.
  ///
  /// @param set whose run lock the caller holds
  /// @throws HoldfastException LOCKED when another process has joined for the set: with another
  ///     lock than the set's own, or one that is not seen here
  public static SharedRoom join(Path folder, String set) throws IOException, InterruptedException {
    DurableFiles.createPrivateDirectory(folder);
    var file = folder.resolve(set + LOCK);
    var own = OsLock.acquire(file, "process " + ProcessHandle.current().pid(), PATIENCE);
    if (own.isEmpty()) {
      throw new HoldfastException(
          ExitCode.LOCKED,
          new Problem(
              "staging books " + folder,
              "are in use for set " + set + " by " + OsLock.holder(file),
              "wait for that process to end; 'holdfast status' shows what runs"));
    }
    return new SharedRoom(folder, set, own.get());
  }

  /// What one set takes, in bytes.
  ///
  /// @param charge its images and promises
  /// @param outstanding promised and not yet written
  /// @param draining it writes images to media, which gives room
  record Share(long charge, long outstanding, boolean draining) {
    static final Share NOTHING = new Share(0, 0, false);

    Share plus(Share other) {
      return new Share(
          charge + other.charge, outstanding + other.outstanding, draining || other.draining);
    }
  }

  /// Runs what must not meet another set's doing the same.
  <T> T exclusively(Supplier<T> action) {
    IN_THIS_PROCESS.lock();
    try (var channel =
            FileChannel.open(
                folder.resolve("books" + LOCK),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      return action.get();
    } catch (IOException failed) {
      throw new UncheckedIOException("the books of the staging in " + folder, failed);
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  /// All sets but this one.
  Share others() {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(ROOM) && !name.equals(set + ROOM))
          .map(name -> read(name.substring(0, name.length() - ROOM.length())))
          .reduce(Share.NOTHING, Share::plus);
    } catch (IOException failed) {
      throw new UncheckedIOException("the books of the staging in " + folder, failed);
    }
  }

  void tell(Share own, long staged) {
    var text = own.charge + " " + own.outstanding + " " + own.draining + " " + staged + "\n";
    try {
      var beside = folder.resolve(set + ".new");
      Files.writeString(beside, text);
      Files.move(beside, folder.resolve(set + ROOM), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException("the books of the staging in " + folder, failed);
    }
  }

  @Override
  public void close() throws IOException {
    own.close();
  }

  /// A file that cannot be read as ours counts as nothing: the disk's free space still bounds all.
  private Share read(String other) {
    try {
      var words = Files.readString(folder.resolve(other + ROOM)).strip().split(" ", 4);
      if (words.length < 4) {
        return Share.NOTHING;
      }
      return isAlive(other)
          ? new Share(
              Long.parseLong(words[0]), Long.parseLong(words[1]), Boolean.parseBoolean(words[2]))
          : new Share(Long.parseLong(words[3]), 0, false);
    } catch (NumberFormatException damaged) {
      return Share.NOTHING;
    } catch (IOException failed) {
      throw new UncheckedIOException("the books of set " + other + " in " + folder, failed);
    }
  }

  private boolean isAlive(String other) throws IOException {
    var lock = OsLock.tryAcquire(folder.resolve(other + LOCK), "process that looks at the books");
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }
}
