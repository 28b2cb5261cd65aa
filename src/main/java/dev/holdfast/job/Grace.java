package dev.holdfast.job;

import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.Availability;
import dev.holdfast.model.declared.Source;
import dev.holdfast.plan.PastImage;
import dev.holdfast.plan.SourceInput;
import dev.holdfast.report.SourceReport.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long a source may be away without that being a failure. The time is counted from its newest
/// image, or from the first run that met it when it has none: what counts is how long it has been
/// without a backup, not how often it was looked for.
///
/// @param without since when it is without a backup
record Grace(Source source, Instant without, Instant now) {

  static Grace of(Source source, SourceInput known, Instant now) {
    var newest = known.history().images().stream().findFirst().map(PastImage::at);
    return new Grace(source, newest.or(known::waitingSince).orElse(now), now);
  }

  /// What being away means for it in this run.
  Unplanned judge(Problem away) {
    return source
        .availability()
        .filter(Availability::mayBeOffline)
        .map(availability -> judge(away, availability.overdueAfter()))
        .orElseGet(() -> Unplanned.failed(source.name(), away));
  }

  private Unplanned judge(Problem away, Optional<Duration> limit) {
    var absent = Duration.between(without, now);
    if (limit.filter(most -> absent.compareTo(most) > 0).isPresent()) {
      return Unplanned.failed(source.name(), overdue(away, absent, limit.get()));
    }
    var hint = limit.map(most -> "it may be away until " + without.plus(most));
    return new Unplanned(
        source.name(),
        Verdict.OFFLINE,
        new Problem(away.place(), away.fact(), hint.orElse("it may be away")));
  }

  private static Problem overdue(Problem away, Duration absent, Duration limit) {
    return new Problem(
        away.place(),
        "%s, and it has had no backup for %d h; availability.overdueAfter is %d h"
            .formatted(away.fact(), absent.toHours(), limit.toHours()),
        away.hint());
  }
}
