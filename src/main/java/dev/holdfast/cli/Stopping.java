package dev.holdfast.cli;

import dev.holdfast.job.StopSignal;
import java.util.concurrent.CountDownLatch;

/// Lets SIGINT and SIGTERM end the work in good order: the signal is passed on, and the process
/// lives until the command has said how it ended. The JVM then ends with 130 or 143 by itself.
final class Stopping implements AutoCloseable {
  private final StopSignal signal = new StopSignal();
  private final CountDownLatch ended = new CountDownLatch(1);

  /// From here on a signal is passed on.
  Stopping() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
  }

  StopSignal signal() {
    return signal;
  }

  /// The command is done, its result is shown.
  @Override
  public void close() {
    ended.countDown();
  }

  private void stop() {
    if (ended.getCount() > 0) {
      signal.stop();
    }
    try {
      ended.await();
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }
}
