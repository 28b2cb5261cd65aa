package dev.holdfast.plan.trigger;

import dev.holdfast.plan.calendar.Firings;
import dev.holdfast.plan.trigger.Triggers.Timed;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.stream.Collectors;

/// A section of a crontab for each set, in the zone of its schedule. Cron knows no seconds: a
/// spread start is called at the next full minute.
final class CronLines {
  private static final EnumSet<DayOfWeek> ALL = EnumSet.allOf(DayOfWeek.class);
  static final String END = "# holdfast-end: ";

  private CronLines() {}

  static Trigger of(Timed timed) {
    var firings = timed.firings(ChronoUnit.MINUTES);
    var command = timed.command().stream().map(CronLines::quoted).collect(Collectors.joining(" "));
    var text =
        timed.mark().lines("cron")
            + "# A cron that does not know CRON_TZ reads the times in the zone of the machine.\n"
            + "CRON_TZ="
            + timed.timetable().zone().getId()
            + "\n"
            + lines(firings, command)
            + END
            + timed.mark().owner()
            + "\n";
    return new Trigger(timed.mark().owner(), text);
  }

  private static String lines(Firings firings, String command) {
    if (firings.often()) {
      return "*/5 * * * * " + command + "\n";
    }
    return firings.times().entrySet().stream()
        .map(one -> time(one.getKey()) + " * * " + days(one.getValue()) + " " + command + "\n")
        .collect(Collectors.joining());
  }

  private static String time(LocalTime time) {
    return time.getMinute() + " " + time.getHour();
  }

  private static String days(EnumSet<DayOfWeek> days) {
    return days.equals(ALL)
        ? "*"
        : days.stream()
            .map(day -> String.valueOf(day.getValue() % 7))
            .sorted()
            .collect(Collectors.joining(","));
  }

  /// For the shell, and for cron itself, which ends a command at a bare percent sign.
  private static String quoted(String word) {
    return ShellText.quoted(word).replace("%", "\\%");
  }
}
