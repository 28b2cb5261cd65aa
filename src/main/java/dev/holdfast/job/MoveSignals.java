package dev.holdfast.job;

import java.util.concurrent.TimeUnit;

/// What dumps and writers must know of each other while both run, and the bell that wakes whoever
/// waits. Without the two ends every error path would hang. Thread-safe.
final class MoveSignals {
  private final Forming forming = new Forming();
  private boolean dumpsEnded;
  private boolean writersGone;
  private boolean roomWanted;
  private long toDump;
  private long changes;

  /// What dumps form in staging now.
  Forming forming() {
    return forming;
  }

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

  /// A dump stands still for want of room: writers must not hold images back any more.
  synchronized void wantRoom() {
    if (!roomWanted) {
      roomWanted = true;
      ring();
    }
  }

  synchronized boolean isRoomWanted() {
    return roomWanted;
  }

  /// Stored bytes that will still come to staging.
  synchronized void toDump(long bytes) {
    toDump = bytes;
  }

  synchronized long toDump() {
    return toDump;
  }

  /// Something changed that others may wait for: an image was staged, room was released.
  synchronized void ring() {
    changes++;
    notifyAll();
  }

  synchronized long changes() {
    return changes;
  }

  /// The same, but not longer than so many milliseconds.
  synchronized void awaitChangeSince(long seen, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (changes == seen) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  /// Waits until something changed since `seen`; an interrupt ends it.
  synchronized void awaitChangeSince(long seen) throws InterruptedException {
    while (changes == seen) {
      wait();
    }
  }
}
