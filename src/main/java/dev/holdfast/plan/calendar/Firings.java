package dev.holdfast.plan.calendar;

import dev.holdfast.model.declared.Cron;
import dev.holdfast.model.declared.Schedule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// When a timer of the system must fire so that no start of a set is missed: at each start, spread
/// included, and whenever a window opens. It may fire on days without a start, as for the second
/// Sunday of a month, since `run --due` decides; a start that a change of the clock moves has its
/// own entry.
///
/// @param times local times of the schedule's zone, with the weekdays on which each counts
/// @param often true when the starts are too many to name each: fire every five minutes instead
public record Firings(SortedMap<LocalTime, EnumSet<DayOfWeek>> times, boolean often) {
  private static final int MOST_A_DAY = 24;

  /// Every weekday meets every date of the year in 28 years.
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

  private static final LocalDate LAST = LocalDate.of(2052, 1, 1);

  public Firings {
    times = Collections.unmodifiableSortedMap(times);
  }

  /// The firings for a set.
  ///
  /// @param grain seconds, or minutes for timers that know no seconds: rounded up
  public static Firings of(Timetable timetable, ChronoUnit grain) {
    var timing = timetable.schedule().timing();
    if (timing.mode() == Schedule.Mode.MANUAL || isOften(timing)) {
      return new Firings(new TreeMap<>(), timing.mode() != Schedule.Mode.MANUAL);
    }
    var times = new TreeMap<LocalTime, EnumSet<DayOfWeek>>();
    instants(timetable)
        .map(instant -> roundedUp(instant, grain).atZone(timetable.zone()))
        .forEach(
            local ->
                times
                    .computeIfAbsent(local.toLocalTime(), _ -> EnumSet.noneOf(DayOfWeek.class))
                    .add(local.getDayOfWeek()));
    return new Firings(times, false);
  }

  /// True when no timer is needed.
  public boolean isNever() {
    return times.isEmpty() && !often;
  }

  private static boolean isOften(Schedule.Timing timing) {
    return timing
        .cron()
        .filter(
            line ->
                Cron.read(line) instanceof Cron.Reading.Read(var cron)
                    && cron.times().size() > MOST_A_DAY)
        .isPresent();
  }

  private static Stream<Instant> instants(Timetable timetable) {
    var windows = timetable.windows();
    return FIRST
        .datesUntil(LAST)
        .flatMap(day -> Stream.concat(timetable.starts(day).map(Start::at), windows.openings(day)));
  }

  private static Instant roundedUp(Instant instant, ChronoUnit grain) {
    var down = instant.truncatedTo(grain);
    return down.equals(instant) ? down : down.plus(Duration.of(1, grain));
  }
}
