package dev.holdfast.plan.calendar;

import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.About;
import dev.holdfast.model.declared.CalendarDays;
import dev.holdfast.model.declared.Days;
import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.Schedule;
import dev.holdfast.model.declared.Schedule.DayLevel;
import dev.holdfast.model.declared.Schedule.DayRule;
import dev.holdfast.model.declared.Schedule.Missed;
import dev.holdfast.model.declared.Schedule.Mode;
import dev.holdfast.model.declared.Schedule.OnWindowEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A schedule put together by a test.
final class Schedules {
  static final SetName SET = new SetName("Demo");

  private final Mode mode;
  private final List<DayRule> days = new ArrayList<>();
  private final List<Schedule.Window> windows = new ArrayList<>();
  private final List<Schedule.Blackout> blackouts = new ArrayList<>();
  private Optional<String> cron = Optional.empty();
  private List<LocalTime> at = List.of();
  private Optional<LocalDate> startDate = Optional.empty();
  private OnWindowEnd onWindowEnd = OnWindowEnd.STOP;
  private Missed missed = new Missed(true, Optional.empty());
  private Optional<Duration> spread = Optional.empty();

  private Schedules(Mode mode) {
    this.mode = mode;
  }

  static Schedules auto(String... at) {
    return new Schedules(Mode.AUTO).at(at);
  }

  static Schedules calendar(String... at) {
    return new Schedules(Mode.CALENDAR).at(at);
  }

  static Schedules manual() {
    return new Schedules(Mode.MANUAL);
  }

  static Schedules cron(String line) {
    var made = new Schedules(Mode.CRON);
    made.cron = Optional.of(line);
    return made;
  }

  private Schedules at(String... times) {
    at = Stream.of(times).map(LocalTime::parse).toList();
    return this;
  }

  Schedules day(String on, DayLevel level, String... times) {
    days.add(
        new DayRule(
            CalendarDays.parse(on).orElseThrow(),
            level,
            Stream.of(times).map(LocalTime::parse).toList()));
    return this;
  }

  Schedules window(String on, String from, String to) {
    windows.add(
        new Schedule.Window(
            Days.parse(on).orElseThrow(), LocalTime.parse(from), LocalTime.parse(to)));
    return this;
  }

  Schedules blackout(String from, String to) {
    blackouts.add(
        new Schedule.Blackout(
            LocalDate.parse(from), LocalDate.parse(to), Optional.of("stock-taking")));
    return this;
  }

  Schedules startDate(String day) {
    startDate = Optional.of(LocalDate.parse(day));
    return this;
  }

  Schedules onWindowEnd(OnWindowEnd then) {
    onWindowEnd = then;
    return this;
  }

  Schedules missed(boolean catchUp, Optional<Duration> within) {
    missed = new Missed(catchUp, within);
    return this;
  }

  Schedules spread(Duration length) {
    spread = Optional.of(length);
    return this;
  }

  Schedule schedule() {
    return new Schedule(
        "Nightly",
        new About(new Place("schedules/nightly.yaml", 1, 1), "", "", Map.of(), List.of()),
        new Schedule.Timing(
            mode,
            days,
            cron,
            at,
            startDate,
            9,
            Optional.empty(),
            windows,
            onWindowEnd,
            missed,
            spread,
            blackouts));
  }

  Timetable in(String zone) {
    return Timetable.of(schedule(), ZoneId.of(zone), SET);
  }

  WindowPolicy windowsIn(String zone) {
    return WindowPolicy.of(schedule(), ZoneId.of(zone));
  }

  static Instant time(String text) {
    return Instant.parse(text);
  }
}
