package dev.holdfast.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An exclusive lock of the operating system on a file: it ends with its process, however that
/// ends. The file holds a line about the holder, for people; only the lock counts.
public final class OsLock implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final FileChannel channel;
  private final FileLock lock;

  private OsLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /// Empty when another process, or this one, holds it.
  public static Optional<OsLock> tryAcquire(Path file, String holder) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
    var lock = tryLock(channel);
    if (lock.isEmpty()) {
      channel.close();
      return Optional.empty();
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    return Optional.of(new OsLock(channel, lock.get()));
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
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException heldByThisProcess) {
      return Optional.empty();
    }
  }
}
