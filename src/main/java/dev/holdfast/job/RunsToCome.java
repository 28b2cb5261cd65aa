package dev.holdfast.job;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Schedule.Mode;
import dev.holdfast.plan.Scenario;
import dev.holdfast.plan.calendar.DayWish;
import dev.holdfast.plan.calendar.DueSets;
import dev.holdfast.plan.calendar.Start;
import dev.holdfast.plan.calendar.Timetable;
import dev.holdfast.plan.calendar.WindowPolicy;
import dev.holdfast.plan.calendar.WindowState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// The runs of a set in days to come, by the same calendar that starts them: its schedule, else
/// that of the first job that names it, without its pause. A set that nothing starts by itself is
/// taken to run once a day.
final class RunsToCome {
  private final DueSets calendar;
  private final BackupSet set;
  private final Instant now;
  private final Optional<Timetable> timetable;
  private final ZoneId zone;

  RunsToCome(Declarations declared, BackupSet set, Instant now) {
    this.calendar = new DueSets(declared);
    this.set = set;
    this.now = now;
    this.timetable =
        calendar.timetable(set).filter(starts -> starts.schedule().timing().mode() != Mode.MANUAL);
    this.zone = declared.project().settings().timezone();
  }

  /// The runs that belong to a day, in order, without those that have come already.
  List<Scenario.Run> on(LocalDate day) {
    if (calendar.pause(set, day).isPresent()) {
      return List.of();
    }
    return timetable
        .map(starts -> runs(starts, day))
        .orElseGet(() -> List.of(Scenario.Run.daily(day, zone)));
  }

  private List<Scenario.Run> runs(Timetable starts, LocalDate day) {
    return starts
        .starts(day)
        .filter(start -> !start.at().isBefore(now))
        .map(start -> run(start, starts.windows()))
        .toList();
  }

  private static Scenario.Run run(Start start, WindowPolicy windows) {
    return new Scenario.Run(start.at(), DayWish.of(start.level()), room(start.at(), windows));
  }

  /// A run that its schedule starts outside of a window waits for the next one.
  private static Optional<Duration> room(Instant start, WindowPolicy windows) {
    var from =
        switch (windows.at(start)) {
          case WindowState.Open _ -> start;
          case WindowState.Closed(var until, _) -> until.orElse(start);
        };
    return windows.endOfWindow(from).map(end -> Duration.between(from, end.at()));
  }
}
