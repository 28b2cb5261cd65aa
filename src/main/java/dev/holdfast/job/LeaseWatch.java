package dev.holdfast.job;

import dev.holdfast.media.Shelf.Held;
import java.time.Duration;
import java.util.Optional;

/// How long the record of a lease has been the same, by our own clock alone: clocks of two hosts
/// are never compared. Used by one thread.
final class LeaseWatch {
  private Optional<String> version = Optional.empty();
  private long since = System.nanoTime();
  private int changes;

  Duration unchanged(Optional<Held> found) {
    var now = found.map(Held::version);
    if (!now.equals(version)) {
      changes++;
      version = now;
      since = System.nanoTime();
    }
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /// It has changed after it was first seen.
  boolean isAlive() {
    return changes > 1;
  }
}
