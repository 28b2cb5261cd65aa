package dev.holdfast.model.declared;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// When sets run by themselves. One schedule serves many sets.
public record Schedule(String name, About about, Timing timing) {

  public record Timing(
      @Key(
              value =
                  "auto: every day, the level balanced over the cycle; calendar: on the days of"
                      + " 'days'; cron: by its line; manual: never by itself",
              initially = "auto")
          Mode mode,
      @Key(
              "days and their levels, the first that names a day decides; for mode cron only the"
                  + " levels")
          List<DayRule> days,
      @Key(
              value = "for mode cron: minute, hour, day of month, month, day of week",
              text = TextRule.CRON)
          Optional<String> cron,
      @Key(value = "start times; else the starts of the windows, else 00:00", shorthand = "item")
          List<LocalTime> at,
      @Key("no start before this day") Optional<LocalDate> startDate,
      @Key(value = "highest incremental level", initially = "9", min = 0, max = 9) int maxLevel,
      @Key("time zone; else the Project's") Optional<ZoneId> timezone,
      @Key("when runs may work; nothing named = always") List<Window> windows,
      @Key(
              value =
                  "what the end of a window does: stop finishes the parts under way and the next"
                      + " window resumes, finishCurrent the dumps under way, ignore nothing",
              initially = "stop")
          OnWindowEnd onWindowEnd,
      @Key("what a missed start means") Missed missed,
      @Key(value = "spreads starts, stable for each set; below 12h", min = 1)
          Optional<Duration> spread,
      @Key("days without runs") List<Blackout> blackouts) {

    public Timing {
      days = List.copyOf(days);
      at = List.copyOf(at);
      windows = List.copyOf(windows);
      blackouts = List.copyOf(blackouts);
    }
  }

  public record DayRule(
      @Key("these days") CalendarDays on,
      @Key(value = "the level on these days; none = no run", initially = "auto") DayLevel level,
      @Key(value = "start times on these days; else those of the schedule", shorthand = "item")
          List<LocalTime> at) {

    public DayRule {
      at = List.copyOf(at);
    }
  }

  public record Window(
      @Key("on these days") Days days,
      @Key("start") LocalTime from,
      @Key("end; on the next day when not later than the start") LocalTime to) {}

  public record Missed(
      @Key(value = "run later, in the next window", initially = "true") boolean catchUp,
      @Key(value = "but not later than this", min = 1) Optional<Duration> within) {}

  public record Blackout(
      @Key("first day") LocalDate from,
      @Key("last day") LocalDate to,
      @Key(value = "why", text = TextRule.LINE) Optional<String> reason) {

    public boolean covers(LocalDate day) {
      return !day.isBefore(from) && !day.isAfter(to);
    }
  }

  public enum Mode {
    AUTO,
    CALENDAR,
    CRON,
    MANUAL
  }

  public enum DayLevel {
    AUTO,
    FULL,
    INCREMENTAL,
    NONE
  }

  public enum OnWindowEnd {
    STOP,
    FINISH_CURRENT,
    IGNORE
  }
}
