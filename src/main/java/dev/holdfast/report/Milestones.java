package dev.holdfast.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Decides which of many reports of progress are worth a line: every tenth of the whole, but not
/// sooner than `shortest` after the last line; and one when `longest` has gone by without any. Not
/// thread-safe.
final class Milestones {
  private final InstantSource clock;
  private final Duration shortest;
  private final Duration longest;
  private final Map<String, Told> told = new HashMap<>();

  Milestones(InstantSource clock, Duration shortest, Duration longest) {
    this.clock = clock;
    this.shortest = shortest;
    this.longest = longest;
  }

  void begin(String subject, long total) {
    told.put(subject, new Told(total, 0, clock.instant()));
  }

  long total(String subject) {
    var last = told.get(subject);
    return last == null ? 0 : last.total();
  }

  /// True when this much is worth telling; it counts as told then.
  boolean reached(String subject, long done) {
    var last = told.computeIfAbsent(subject, _ -> new Told(0, 0, clock.instant()));
    var now = clock.instant();
    long tenth = tenths(done, last.total());
    boolean soon = now.isBefore(last.at().plus(shortest));
    boolean late = !now.isBefore(last.at().plus(longest));
    if (soon || (tenth <= last.tenth() && !late)) {
      return false;
    }
    told.put(subject, new Told(last.total(), Math.max(tenth, last.tenth()), now));
    return true;
  }

  void end(String subject) {
    told.remove(subject);
  }

  /// The last tenth is told by the end itself; more than estimated is no news.
  private static long tenths(long done, long total) {
    return total <= 0 ? 0 : Math.min(9, done * 10 / total);
  }

  private record Told(long total, long tenth, Instant at) {}
}
