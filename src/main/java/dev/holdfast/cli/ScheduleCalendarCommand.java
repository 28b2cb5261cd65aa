package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.plan.calendar.DayPlan;
import dev.holdfast.plan.calendar.DueSets;
import dev.holdfast.plan.calendar.Timetable;
import dev.holdfast.report.CalendarReport;
import dev.holdfast.report.CalendarReport.Mark;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows a month.
@Command(
    name = "calendar",
    description = "Shows a month of sets: which days have a run, of which level, and why.",
    footer = {
      "  holdfast schedule calendar HighRateServers",
      "  holdfast schedule calendar --month 2026-12 -o json",
    })
final class ScheduleCalendarCommand implements Verb {
  @Parameters(paramLabel = "SET", description = "only these sets")
  private List<String> names = List.of();

  @Option(
      names = "--month",
      paramLabel = "YYYY-MM",
      description = "which month (default: this one)")
  private @Nullable String month;

  @Override
  public ExitCode run(Session session) {
    var declared = session.declarations();
    var calendar = new DueSets(declared);
    var shown =
        Optional.ofNullable(month)
            .map(ScheduleCalendarCommand::month)
            .orElseGet(() -> YearMonth.from(Instant.now(session.clock()).atZone(session.zone())));
    var sets =
        new Selection(declared)
            .setsOrAll(names).stream()
                .flatMap(
                    set ->
                        calendar.timetable(set).stream()
                            .map(timetable -> month(shown, set, timetable, calendar)))
                .toList();
    if (sets.isEmpty()) {
      throw Refusal.notFound("no set has a schedule", "name one in 'when.schedule'");
    }
    return session.show(new CalendarReport(shown, sets));
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException notAMonth) {
      throw Refusal.usage("'" + text + "' is not a month", "as --month 2026-12");
    }
  }

  private static CalendarReport.SetMonth month(
      YearMonth month, BackupSet set, Timetable timetable, DueSets calendar) {
    var days =
        month
            .atDay(1)
            .datesUntil(month.plusMonths(1).atDay(1))
            .map(day -> day(timetable.day(day), calendar.pause(set, day)))
            .toList();
    return new CalendarReport.SetMonth(
        set.name(), timetable.schedule().name(), timetable.zone().getId(), days);
  }

  private static CalendarReport.Day day(DayPlan plan, Optional<DueSets.Pause> pause) {
    return pause
        .map(found -> new CalendarReport.Day(plan.day(), Mark.PAUSED, List.of(), found.text()))
        .orElseGet(() -> new CalendarReport.Day(plan.day(), mark(plan), plan.times(), plan.by()));
  }

  private static Mark mark(DayPlan plan) {
    return plan.blackout().isPresent()
        ? Mark.BLACKOUT
        : switch (plan.level()) {
          case AUTO -> Mark.AUTO;
          case FULL -> Mark.FULL;
          case INCREMENTAL -> Mark.INCREMENTAL;
          case NONE -> Mark.NONE;
        };
  }
}
