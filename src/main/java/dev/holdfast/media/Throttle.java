package dev.holdfast.media;

import dev.holdfast.model.declared.Transfer;
import dev.holdfast.model.declared.Transfer.Speed;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.OptionalLong;

/// Keeps one stream of bytes at the speed that is allowed at this time of day. Each thread has its
/// own; used by one thread at a time.
public final class Throttle {
  private static final long SLICE_NANOS = 1_000_000_000L;

  private final List<Speed> speeds;
  private final Clock clock;
  private long sliceBegan = System.nanoTime();
  private long inSlice;
  private OptionalLong limit;

  /// @param clock in the zone of the table
  public Throttle(Transfer transfer, Clock clock) {
    this.speeds = transfer.speedPerThread();
    this.clock = clock;
    this.limit = limitAt(speeds, ZonedDateTime.now(clock));
  }

  /// Bytes a second at this time: those of the first line of the table that says something about
  /// it; empty when none does. A line from 22:00 to 06:00 reaches into the next day.
  public static OptionalLong limitAt(List<Speed> speeds, ZonedDateTime now) {
    return speeds.stream()
        .filter(speed -> holds(speed, now))
        .mapToLong(speed -> speed.limit().bytes())
        .findFirst();
  }

  /// Most bytes that may go at once, so that a slow stream is even.
  public int step(int wanted) {
    return limit.isEmpty()
        ? wanted
        : (int) Math.max(1, Math.min(wanted, Math.max(1024, limit.getAsLong() / 8)));
  }

  /// Waits until as many bytes more are due.
  ///
  /// @throws InterruptedException when the thread shall end
  public void passed(long bytes) throws InterruptedException {
    inSlice += bytes;
    long now = System.nanoTime();
    if (limit.isPresent()) {
      long due = sliceBegan + (long) (inSlice * 1e9 / limit.getAsLong());
      if (due > now) {
        Thread.sleep((due - now) / 1_000_000, (int) ((due - now) % 1_000_000));
        now = due;
      }
    }
    if (now - sliceBegan >= SLICE_NANOS) {
      sliceBegan = now;
      inSlice = 0;
      limit = limitAt(speeds, ZonedDateTime.now(clock));
    }
  }

  private static boolean holds(Speed speed, ZonedDateTime now) {
    var from = speed.from().orElse(LocalTime.MIN);
    var to = speed.to().orElse(LocalTime.MIN);
    var time = now.toLocalTime();
    boolean overnight = !to.isAfter(from);
    if (overnight && time.isBefore(to)) {
      return isDay(speed, now.minusDays(1));
    }
    return isDay(speed, now) && !time.isBefore(from) && (overnight || time.isBefore(to));
  }

  private static boolean isDay(Speed speed, ZonedDateTime day) {
    return speed.days().filter(days -> !days.days().contains(day.getDayOfWeek())).isEmpty();
  }
}
