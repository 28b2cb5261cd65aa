package dev.holdfast.report;

import dev.holdfast.model.SetName;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lines about schedules. Text shows times in the schedule's own zone, with its name.
public sealed interface CalendarRow extends Row {

  /// A start that is to come.
  ///
  /// @param level as the day's rule says: auto, full, incremental
  /// @param by the words of the rule
  record StartRow(SetName set, String schedule, Instant at, ZoneId zone, String level, String by)
      implements CalendarRow {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("set", set.value())
          .text("schedule", schedule)
          .hidden("at", new Cell.At(at))
          .text("start", local(at, zone))
          .text("level", level)
          .text("by", by)
          .list();
    }
  }

  /// Whether a set shall run now.
  ///
  /// @param next when it may be due
  record DueRow(SetName set, boolean due, String reason, Optional<Instant> next, ZoneId zone)
      implements CalendarRow {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("set", set.value())
          .add("due", new Cell.Flag(due))
          .text("reason", reason)
          .hidden("nextAt", next.<Cell>map(Cell.At::new).orElseGet(Cell.Empty::new))
          .text("next", next.map(at -> local(at, zone)).orElse(""))
          .list();
    }
  }

  /// A rendered trigger, beside what is installed.
  ///
  /// @param state as same, missing, changed, orphaned
  record TriggerRow(String name, String state, String where, String why) implements CalendarRow {
    @Override
    public List<Field> fields() {
      return new Fields()
          .text("name", name)
          .text("state", state)
          .text("where", where)
          .text("why", why)
          .list();
    }
  }

  /// As a clock on the wall there shows it: `Sun 2026-11-29 22:00 Europe/London`.
  static String local(Instant at, ZoneId zone) {
    var form = at.getEpochSecond() % 60 == 0 ? "EEE yyyy-MM-dd HH:mm" : "EEE yyyy-MM-dd HH:mm:ss";
    return DateTimeFormatter.ofPattern(form, Locale.ENGLISH).format(at.atZone(zone))
        + " "
        + zone.getId();
  }
}
