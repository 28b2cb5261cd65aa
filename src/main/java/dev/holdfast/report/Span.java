package dev.holdfast.report;

import java.time.Duration;
import java.time.Instant;

/// When something began and when it ended.
public record Span(Instant startedAt, Instant finishedAt) {

  /// Never negative, also when the clock was set back meanwhile.
  public Duration took() {
    var took = Duration.between(startedAt, finishedAt);
    return took.isNegative() ? Duration.ZERO : took;
  }
}
