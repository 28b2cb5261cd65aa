package dev.holdfast.plan.retention;

import java.time.Duration;
import java.time.Instant;

/// Why nothing is pruned although something has expired, until a person agrees.
public sealed interface Brake {

  /// For people, with the values.
  String text();

  /// The clock shows a time before that of an image that exists already.
  record ClockBehind(Instant now, Instant newest) implements Brake {
    @Override
    public String text() {
      return "the clock shows %s, and the newest image is of %s".formatted(now, newest);
    }
  }

  /// Between two runs, or since the last one, more time passed than is believed without a look.
  record ClockAhead(Instant from, Instant to, Duration most) implements Brake {
    @Override
    public String text() {
      return "the clock went from %s to %s, which is more than the %d days of maxClockJump"
          .formatted(from, to, most.toDays());
    }
  }

  /// More would go at once than may.
  record ShareTooLarge(int expiring, int images, int mostPercent) implements Brake {
    @Override
    public String text() {
      return "%d of %d images would go at once, which is more than the %d%% of maxDropPercent"
          .formatted(expiring, images, mostPercent);
    }
  }
}
