package dev.holdfast.job;

import dev.holdfast.model.declared.Schedule.OnWindowEnd;
import dev.holdfast.plan.calendar.WindowEnd;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Ends a run with its window: `stop` like a signal, whose dumps the next window makes anew;
/// `finishCurrent` by starting nothing more. One thread that sleeps; closing it wakes it.
final class WindowWatch implements AutoCloseable {
  private final Optional<Thread> watcher;

  private WindowWatch(Optional<Thread> watcher) {
    this.watcher = watcher;
  }

  static WindowWatch over(Optional<WindowEnd> window, Clock clock, StopSignal stop) {
    return new WindowWatch(
        window
            .filter(end -> end.then() != OnWindowEnd.IGNORE)
            .map(end -> Thread.ofVirtual().name("window").start(() -> watch(end, clock, stop))));
  }

  @Override
  public void close() {
    watcher.ifPresent(Thread::interrupt);
  }

  private static void watch(WindowEnd end, Clock clock, StopSignal stop) {
    try {
      Thread.sleep(Duration.between(Instant.now(clock), end.at()));
    } catch (InterruptedException runIsOver) {
      Thread.currentThread().interrupt();
      return;
    }
    var reason = "the window closed at " + end.at();
    switch (end.then()) {
      case STOP -> stop.windowEnds(reason);
      case FINISH_CURRENT -> stop.close(reason);
      case IGNORE -> throw new IllegalStateException("nobody watches a window that may be ignored");
    }
  }
}
