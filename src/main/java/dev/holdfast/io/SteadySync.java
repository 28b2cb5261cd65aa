package dev.holdfast.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Brings a file to disk while it is still written, so that whoever waits for its last sync waits
/// for its last few megabytes and not for all of it. A sync that failed fails the file, whatever a
/// later one says (PostgreSQL, 2018). Used by the one thread that writes.
public final class SteadySync {
  private static final long STEP = 16L << 20;

  private final FileChannel channel;
  private FutureTask<Void> running = task(() -> null);
  private long waiting;

  /// @param channel open until `complete` has returned
  public SteadySync(FileChannel channel) {
    this.channel = channel;
    running.run();
  }

  /// So many bytes more were written.
  ///
  /// @throws IOException when an earlier sync failed
  public void written(long bytes) throws IOException {
    waiting += bytes;
    if (waiting >= STEP && running.isDone()) {
      await();
      waiting = 0;
      running =
          task(
              () -> {
                channel.force(false);
                return null;
              });
      Thread.ofPlatform().daemon().name("sync").start(running);
    }
  }

  /// All that was written is durable when this returns.
  public void complete() throws IOException {
    await();
    channel.force(true);
  }

  private static FutureTask<Void> task(Callable<Void> sync) {
    return new FutureTask<>(sync);
  }

  private void await() throws IOException {
    try {
      running.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while a file was synced");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException trouble) {
        throw trouble;
      }
      throw new IOException(failed.getCause());
    }
  }
}
