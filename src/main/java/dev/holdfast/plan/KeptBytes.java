package dev.holdfast.plan;

import dev.holdfast.model.ImageId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Bytes on media day by day: an image stays for its retention, and as long as an image that needs
/// it stays. Used by one thread.
final class KeptBytes {
  private final int retentionDays;
  private final long[] added;
  private final long[] gone;
  private final Map<ImageId, Kept> images = new HashMap<>();

  KeptBytes(int days, int retentionDays) {
    this.retentionDays = retentionDays;
    this.added = new long[days];
    this.gone = new long[days + 1];
  }

  private static final class Kept {
    private final long bytes;
    private final Optional<ImageId> parent;
    private int lastDay;

    Kept(long bytes, Optional<ImageId> parent, int lastDay) {
      this.bytes = bytes;
      this.parent = parent;
      this.lastDay = lastDay;
    }
  }

  /// What is there before the first day.
  void begin(History history, Today first) {
    for (var image : history.images().reversed()) {
      int age = first.daysSince(image.at());
      var parent = image.level().isFull() ? Optional.<ImageId>empty() : parent(history, image);
      put(image, parent, 0, Math.max(0, retentionDays - age));
    }
  }

  private static Optional<ImageId> parent(History history, PastImage image) {
    return history.images().stream()
        .filter(other -> other.at().isBefore(image.at()))
        .filter(other -> other.level().compareTo(image.level()) < 0)
        .findFirst()
        .map(PastImage::id);
  }

  void add(PastImage image, Optional<ImageId> parent, int day) {
    put(image, parent, day, day + retentionDays);
  }

  private void put(PastImage image, Optional<ImageId> parent, int day, int lastDay) {
    long bytes = image.storedBytes() + LevelEstimate.IMAGE_OVERHEAD;
    added[day] += bytes;
    gone[Math.min(lastDay + 1, added.length)] += bytes;
    images.put(image.id(), new Kept(bytes, parent, lastDay));
    extend(parent, lastDay);
  }

  private void extend(Optional<ImageId> first, int lastDay) {
    var next = first.flatMap(id -> Optional.ofNullable(images.get(id)));
    while (next.isPresent() && next.get().lastDay < lastDay) {
      var kept = next.get();
      gone[Math.min(kept.lastDay + 1, added.length)] -= kept.bytes;
      gone[Math.min(lastDay + 1, added.length)] += kept.bytes;
      kept.lastDay = lastDay;
      next = kept.parent.flatMap(id -> Optional.ofNullable(images.get(id)));
    }
  }

  /// Bytes after the run of that day.
  long after(int day) {
    long bytes = 0;
    for (int i = 0; i <= day; i++) {
      bytes += added[i] - gone[i];
    }
    return bytes;
  }
}
