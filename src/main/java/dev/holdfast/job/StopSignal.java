package dev.holdfast.job;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Someone asked the process to end. Dumps are interrupted and thrown away; a write finishes its
/// current part. Thread-safe.
public final class StopSignal {
  private final Set<Thread> interruptible = ConcurrentHashMap.newKeySet();
  private final Set<StopSignal> parts = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;
  private volatile Optional<String> closing = Optional.empty();
  private volatile boolean byWindow;

  /// Idempotent; called from a shutdown hook, so it only sets a flag and wakes waiters.
  public void stop() {
    stopped = true;
    interruptible.forEach(Thread::interrupt);
    parts.forEach(StopSignal::stop);
  }

  /// One for a part of the work, as one of several sets: it ends with this one, and what ends it
  /// alone, as its window does, leaves the others be.
  public StopSignal part() {
    var part = new StopSignal();
    parts.add(part);
    if (stopped) {
      part.stop();
    }
    return part;
  }

  public boolean stopped() {
    return stopped;
  }

  /// No dump starts any more; what runs goes on. The first reason stays.
  void close(String reason) {
    if (closing.isEmpty()) {
      closing = Optional.of(reason);
    }
  }

  /// Why no dump starts any more; empty while they do.
  public Optional<String> closing() {
    return closing;
  }

  /// The window ends: like a signal, but the next window goes on.
  void windowEnds(String reason) {
    close(reason);
    byWindow = true;
    stop();
  }

  public boolean stoppedByWindow() {
    return byWindow;
  }

  /// Runs work that an interrupt may end at any point.
  void interruptibly(Work work) throws Exception {
    this.<Boolean, Exception>untilStopped(
        () -> {
          work.run();
          return true;
        });
  }

  /// Waits for an answer; the signal ends the waiting.
  <T, E extends Exception> T untilStopped(Answer<T, E> answer) throws E, InterruptedException {
    var me = Thread.currentThread();
    interruptible.add(me);
    try {
      check();
      return answer.await();
    } finally {
      interruptible.remove(me);
    }
  }

  void check() throws InterruptedException {
    if (stopped) {
      throw new InterruptedException("stopped by a signal");
    }
  }

  /// A piece of work that may be interrupted.
  interface Work {
    void run() throws Exception;
  }

  /// Something that is waited for.
  interface Answer<T, E extends Exception> {
    T await() throws E, InterruptedException;
  }
}
