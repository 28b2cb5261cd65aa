package dev.holdfast.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// An exclusive lock of the operating system on a file: it ends with its process, however that
/// ends. The file holds a line about the holder, for people; only the lock counts.
public final class OsLock implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  /// Files that this process holds, with their holders. POSIX drops all locks of a process on a
  /// file as soon as the process closes it anywhere, so while one is held nobody here opens it.
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private OsLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /// Empty when another process, or this one, holds it.
  public static Optional<OsLock> tryAcquire(Path file, String holder) throws IOException {
    var key = key(file);
    if (HELD.putIfAbsent(key, holder) != null) {
      return Optional.empty();
    }
    var lock = Optional.<OsLock>empty();
    try {
      lock = tryLock(key, holder);
      return lock;
    } finally {
      if (lock.isEmpty()) {
        HELD.remove(key);
      }
    }
  }

  /// Tries until `patience` is over; zero tries once.
  public static Optional<OsLock> acquire(Path file, String holder, Duration patience)
      throws IOException, InterruptedException {
    var deadline = Instant.now().plus(patience);
    while (true) {
      var lock = tryAcquire(file, holder);
      if (lock.isPresent() || !Instant.now().isBefore(deadline)) {
        return lock;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /// What the last holder wrote about itself; empty when nobody ever held it.
  public static String holder(Path file) throws IOException {
    var own = HELD.get(key(file));
    if (own != null) {
      return own;
    }
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    } finally {
      HELD.remove(file);
    }
  }

  private static Optional<OsLock> tryLock(Path file, String holder) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    try {
      var lock = channel.tryLock();
      if (lock != null) {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        return Optional.of(new OsLock(file, channel, lock));
      }
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
    channel.close();
    return Optional.empty();
  }

  private static Path key(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
