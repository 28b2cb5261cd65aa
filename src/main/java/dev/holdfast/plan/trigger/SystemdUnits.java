package dev.holdfast.plan.trigger;

import dev.holdfast.plan.calendar.Firings;
import dev.holdfast.plan.trigger.Triggers.Timed;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A service and a timer for each set.
///
/// The spread is in the times, so the timer adds no random delay of its own. SIGTERM lets a run
/// finish the parts under way, which may take long; 143 is how it then ends. 75 means that running
/// again continues, so the service is started again until the schedule says that nothing is due;
/// systemd allows that for the type exec, not for oneshot.
final class SystemdUnits {
  private static final Set<DayOfWeek> ALL = EnumSet.allOf(DayOfWeek.class);

  private SystemdUnits() {}

  static List<Trigger> of(Timed timed) {
    var name = "holdfast-" + timed.set().name();
    return List.of(
        new Trigger(name + ".service", service(timed)), new Trigger(name + ".timer", timer(timed)));
  }

  private static String service(Timed timed) {
    return timed.mark().lines("systemd")
        + """
        [Unit]
        Description=Holdfast backup set %s
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=exec
        ExecStart=%s
        KillMode=mixed
        KillSignal=SIGTERM
        TimeoutStopSec=30min
        SuccessExitStatus=143
        RestartForceExitStatus=75
        RestartSec=15min
        Nice=10
        """
            .formatted(
                timed.set().name(),
                timed.command().stream()
                    .map(SystemdUnits::quoted)
                    .collect(Collectors.joining(" ")));
  }

  private static String timer(Timed timed) {
    return timed.mark().lines("systemd")
        + """
        [Unit]
        Description=Starts of Holdfast backup set %s by schedule %s

        [Timer]
        %sPersistent=%s
        AccuracySec=1s
        RandomizedDelaySec=0

        [Install]
        WantedBy=timers.target
        """
            .formatted(
                timed.set().name(),
                timed.timetable().schedule().name(),
                calendar(timed.firings(ChronoUnit.SECONDS), timed.timetable().zone()),
                timed.timetable().schedule().timing().missed().catchUp());
  }

  private static String calendar(Firings firings, ZoneId zone) {
    if (firings.often()) {
      return "OnCalendar=*-*-* *:00/5:00 " + name(zone) + "\n";
    }
    return firings.times().entrySet().stream()
        .map(one -> "OnCalendar=" + days(one.getValue()) + time(one.getKey()) + " " + name(zone))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String days(EnumSet<DayOfWeek> days) {
    return days.equals(ALL)
        ? ""
        : days.stream().map(SystemdUnits::abbreviated).collect(Collectors.joining(",", "", " "));
  }

  private static String abbreviated(DayOfWeek day) {
    return day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT);
  }

  private static String time(LocalTime time) {
    return String.format(
        Locale.ROOT, "*-*-* %02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
  }

  private static String name(ZoneId zone) {
    return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /// systemd itself replaces `%` and `$`, and splits at blanks.
  static String quoted(String word) {
    var escaped = word.replace("%", "%%").replace("$", "$$");
    return word.matches("[A-Za-z0-9_@%+=:,./$-]+")
        ? escaped
        : "\"" + escaped.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
