package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.plan.calendar.DueSets;
import dev.holdfast.plan.calendar.Timetable;
import dev.holdfast.report.CalendarRow;
import dev.holdfast.report.Listing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists the starts to come.
@Command(
    name = "next",
    description = "Lists the next starts of sets, in the zone of their schedule.",
    footer = {
      "  holdfast schedule next",
      "  holdfast schedule next HighRateServers --count 10 -o json"
    })
final class ScheduleNextCommand implements Verb {
  private static final int MOST = 10_000;

  @Parameters(paramLabel = "SET", description = "only these sets")
  private List<String> names = List.of();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "3",
      description = "how many of each set (default: 3)")
  private int count = 3;

  @Override
  public ExitCode run(Session session) {
    if (count < 1 || count > MOST) {
      throw Refusal.usage("--count is " + count + ", not 1.." + MOST, "as --count 10");
    }
    var declared = session.declarations();
    var calendar = new DueSets(declared);
    var rows = new ArrayList<CalendarRow.StartRow>();
    for (var set : new Selection(declared).setsOrAll(names)) {
      var starts = rows(calendar, set, Instant.now(session.clock()));
      rows.addAll(starts);
      if (starts.isEmpty()) {
        session.note(set.name() + ": " + why(calendar, set, session));
      }
    }
    rows.sort(Comparator.comparing(CalendarRow.StartRow::at));
    return session.show(Listing.of("starts", rows));
  }

  private List<CalendarRow.StartRow> rows(DueSets calendar, BackupSet set, Instant now) {
    var pause = calendar.pause(set, now);
    var from = pause.map(DueSets.Pause::end).orElse(Optional.of(now.plusNanos(1)));
    var timetable = calendar.timetable(set);
    if (timetable.isEmpty() || from.isEmpty()) {
      return List.of();
    }
    return timetable.get().next(from.get().minusNanos(1), count).stream()
        .map(
            start ->
                new CalendarRow.StartRow(
                    set.name(),
                    timetable.get().schedule().name(),
                    start.at(),
                    timetable.get().zone(),
                    start.level().name().toLowerCase(Locale.ROOT),
                    start.by()))
        .toList();
  }

  private static String why(DueSets calendar, BackupSet set, Session session) {
    return calendar
        .pause(set, Instant.now(session.clock()))
        .map(DueSets.Pause::text)
        .orElseGet(
            () ->
                calendar
                    .timetable(set)
                    .map(Timetable::schedule)
                    .map(schedule -> "schedule " + schedule.name() + " starts nothing by itself")
                    .orElse("no schedule"));
  }
}
