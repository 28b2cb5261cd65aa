package dev.holdfast.plan.calendar;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Project.Policies;
import dev.holdfast.model.declared.Project.Rpo;
import dev.holdfast.model.declared.Project.Severity;
import dev.holdfast.model.declared.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How old a source's newest image may become: what the Project's policy `rpo` says, else five
/// quarters of the longest time between starts around now, else of the cycle; at least an
/// hour. Stateless.
public final class RecoveryPoint {
  private static final int STARTS = 8;
  private static final int FIVE = 5;
  private static final int QUARTERS = 4;

  /// A run needs some time itself.
  private static final Duration SHORTEST = Duration.ofHours(1);

  private final Declarations declared;
  private final DueSets calendar;

  public RecoveryPoint(Declarations declared) {
    this.declared = declared;
    this.calendar = new DueSets(declared);
  }

  /// The oldest that is well.
  ///
  /// @param by where the number comes from
  /// @param breach what it means when an image is older
  /// @param policy true when the Project's policy names it
  public record Target(Duration age, String by, Severity breach, boolean policy) {

    /// The same for a source that is away, which may be for so long.
    public Target extendedTo(Duration grace) {
      return policy || grace.compareTo(age) <= 0
          ? this
          : new Target(grace, "availability.overdueAfter", breach, false);
    }
  }

  /// The target of a source now.
  public Target target(BackupSet set, Source source, Instant now) {
    return policy()
        .flatMap(rpo -> bySource(rpo, source).map(age -> new Target(age, "rpo", rpo.level(), true)))
        .orElseGet(() -> usual(set, now));
  }

  private Optional<Rpo> policy() {
    return declared
        .project()
        .settings()
        .policies()
        .flatMap(Policies::rpo)
        .filter(rpo -> rpo.level() != Severity.OFF);
  }

  /// The strictest of the labels that a source has, else the one for all.
  private static Optional<Duration> bySource(Rpo rpo, Source source) {
    return source.about().labels().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .flatMap(label -> Optional.ofNullable(rpo.byLabel().get(label)).stream())
        .min(Duration::compareTo)
        .or(rpo::general);
  }

  private Target usual(BackupSet set, Instant now) {
    return calendar
        .timetable(set)
        .flatMap(timetable -> interval(timetable, now))
        .map(interval -> fiveQuarters(interval, "1.25 x the time between starts"))
        .orElseGet(
            () -> fiveQuarters(Duration.ofDays(set.media().cycleDays()), "1.25 x media.cycleDays"));
  }

  /// The longest of the last starts and the next: a weekend or a blackout counts while it is near.
  private static Optional<Duration> interval(Timetable timetable, Instant now) {
    var starts =
        Stream.concat(timetable.next(now, 1).stream(), timetable.latest(now, STARTS).stream())
            .map(Start::at)
            .toList();
    return Stream.iterate(1, i -> i < starts.size(), i -> i + 1)
        .map(i -> between(starts, i))
        .max(Duration::compareTo);
  }

  private static Duration between(List<Instant> newestFirst, int index) {
    return Duration.between(newestFirst.get(index), newestFirst.get(index - 1));
  }

  private static Target fiveQuarters(Duration interval, String by) {
    var age = interval.multipliedBy(FIVE).dividedBy(QUARTERS);
    return new Target(age.compareTo(SHORTEST) < 0 ? SHORTEST : age, by, Severity.ERROR, false);
  }
}
