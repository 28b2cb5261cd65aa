package dev.holdfast.plan.calendar;

import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The starts of one set under its schedule, in the past and in the future.
///
/// A local time that a change of the clock skips starts at the first instant after the gap, one
/// that comes twice starts once, at its first coming. Stateless.
public final class Timetable {
  /// 29 February may be eight years away, across a century that skips it.
  private static final int FARTHEST_DAYS = 8 * 366 + 2;

  private final Schedule schedule;
  private final LocalClock clock;
  private final DayPlans plans;
  private final Duration offset;

  private Timetable(Schedule schedule, LocalClock clock, Duration offset) {
    this.schedule = schedule;
    this.clock = clock;
    this.plans = new DayPlans(schedule.timing());
    this.offset = offset;
  }

  /// The starts of a set.
  ///
  /// @param zone for a schedule without its own: the Project's
  /// @throws IllegalArgumentException when the schedule is one that `config` refuses
  public static Timetable of(Schedule schedule, ZoneId zone, SetName set) {
    var timing = schedule.timing();
    return new Timetable(
        schedule,
        new LocalClock(timing.timezone().orElse(zone)),
        Spread.offset(set, timing.spread().orElse(Duration.ZERO)));
  }

  public Schedule schedule() {
    return schedule;
  }

  public ZoneId zone() {
    return clock.zone();
  }

  /// How much later than the schedule says this set starts.
  public Duration offset() {
    return offset;
  }

  public WindowPolicy windows() {
    return WindowPolicy.of(schedule, clock.zone());
  }

  public DayPlan day(LocalDate day) {
    return plans.of(day);
  }

  /// The first starts after an instant, in order; fewer than asked for when no more come.
  public List<Start> next(Instant after, int count) {
    if (DayPlans.isManual(schedule.timing())) {
      return List.of();
    }
    var from = clock.day(after.minus(offset)).minusDays(1);
    var first = schedule.timing().startDate().filter(from::isBefore).orElse(from);
    var found = new ArrayList<Start>();
    for (var day = first; day.isBefore(first.plusDays(FARTHEST_DAYS)); day = day.plusDays(1)) {
      var starts = starts(day).filter(start -> start.at().isAfter(after));
      starts.filter(start -> isNew(found, start)).forEach(found::add);
      if (found.size() >= count) {
        return List.copyOf(found.subList(0, count));
      }
    }
    return List.copyOf(found);
  }

  /// The newest start that has come; empty when none ever has.
  public Optional<Start> latest(Instant now) {
    return latest(now, 1).stream().findFirst();
  }

  /// The newest starts that have come, the newest first.
  public List<Start> latest(Instant now, int count) {
    if (DayPlans.isManual(schedule.timing())) {
      return List.of();
    }
    var last = clock.day(now.minus(offset)).plusDays(1);
    var found = new ArrayList<Start>();
    for (var day = last; day.isAfter(last.minusDays(FARTHEST_DAYS)); day = day.minusDays(1)) {
      var starts = starts(day).filter(start -> !start.at().isAfter(now)).toList().reversed();
      starts.stream().filter(start -> isNew(found, start)).forEach(found::add);
      boolean over = schedule.timing().startDate().filter(day::isBefore).isPresent();
      if (found.size() >= count || over) {
        break;
      }
    }
    return List.copyOf(found.subList(0, Math.min(count, found.size())));
  }

  /// Several local times may become one instant where the clock skips them.
  private static boolean isNew(List<Start> found, Start start) {
    return found.isEmpty() || !found.getLast().at().equals(start.at());
  }

  /// The starts that belong to a day, in order.
  public Stream<Start> starts(LocalDate day) {
    var plan = plans.of(day);
    return plan.times().stream()
        .map(
            time -> new Start(clock.instant(day, time).plus(offset), day, plan.level(), plan.by()));
  }
}
