package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.SetName;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.List;

/// A month of sets: what their schedules start on each day.
public record CalendarReport(YearMonth month, List<SetMonth> sets) implements Report {

  public CalendarReport {
    sets = List.copyOf(sets);
  }

  /// One set.
  ///
  /// @param zone of its schedule, as `Europe/London`
  /// @param days all of the month, in order
  public record SetMonth(SetName set, String schedule, String zone, List<Day> days) {
    public SetMonth {
      days = List.copyOf(days);
    }
  }

  /// One day.
  ///
  /// @param mark what it is, in one word
  /// @param by why
  public record Day(LocalDate day, Mark mark, List<LocalTime> times, String by) {
    public Day {
      times = List.copyOf(times);
    }
  }

  /// What a day is to a set.
  public enum Mark {
    AUTO("a"),
    FULL("F"),
    INCREMENTAL("i"),
    NONE("-"),
    BLACKOUT("#"),
    PAUSED("p");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }

  @Override
  public ExitCode exit() {
    return ExitCode.OK;
  }
}
