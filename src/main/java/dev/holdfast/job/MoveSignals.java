package dev.holdfast.job;

/// What dumps and writers must know of each other while both run, and the bell that wakes whoever
/// waits. Without the two ends every error path would hang. Thread-safe.
final class MoveSignals {
  private boolean dumpsEnded;
  private boolean writersGone;
  private int dumping;
  private long changes;

  synchronized void dumpsEnded() {
    dumpsEnded = true;
    ring();
  }

  synchronized void writersGone() {
    writersGone = true;
    ring();
  }

  synchronized boolean areDumpsEnded() {
    return dumpsEnded;
  }

  synchronized boolean areWritersGone() {
    return writersGone;
  }

  synchronized void dumpBegun() {
    dumping++;
  }

  synchronized void dumpEnded() {
    dumping--;
    ring();
  }

  /// Dumps that hold room in staging now, and may give some back when they end.
  synchronized int dumping() {
    return dumping;
  }

  /// Something changed that others may wait for: an image was staged, room was released.
  synchronized void ring() {
    changes++;
    notifyAll();
  }

  synchronized long changes() {
    return changes;
  }

  /// Waits until something changed since `seen`; an interrupt ends it.
  synchronized void awaitChangeSince(long seen) throws InterruptedException {
    while (changes == seen) {
      wait();
    }
  }
}
