package dev.holdfast.model.declared;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One way to name days: by the week, by the month, by the year.
public sealed interface DayTerm {

  boolean includes(LocalDate day);

  record EveryDay() implements DayTerm {
    @Override
    public boolean includes(LocalDate day) {
      return true;
    }
  }

  /// Days of each week.
  record Weekdays(Set<DayOfWeek> days) implements DayTerm {
    public Weekdays {
      days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    @Override
    public boolean includes(LocalDate day) {
      return days.contains(day.getDayOfWeek());
    }
  }

  /// A weekday by its place in the month.
  ///
  /// @param month only in this one; empty = in every
  record InMonth(Ordinal ordinal, DayOfWeek weekday, Optional<Month> month) implements DayTerm {
    @Override
    public boolean includes(LocalDate day) {
      return day.getDayOfWeek() == weekday && isIn(month, day) && ordinal.includes(day);
    }
  }

  /// Days of the month by number; the 31st of a short month does not come.
  record MonthDays(int first, int last, Optional<Month> month) implements DayTerm {
    @Override
    public boolean includes(LocalDate day) {
      return day.getDayOfMonth() >= first && day.getDayOfMonth() <= last && isIn(month, day);
    }
  }

  /// The last day of the month, whatever its number.
  record LastDay(Optional<Month> month) implements DayTerm {
    @Override
    public boolean includes(LocalDate day) {
      return day.getDayOfMonth() == day.lengthOfMonth() && isIn(month, day);
    }
  }

  enum Ordinal {
    FIRST,
    SECOND,
    THIRD,
    FOURTH,
    FIFTH,
    LAST;

    private static final int WEEK = 7;
    private static final List<Ordinal> BY_WEEK = List.of(FIRST, SECOND, THIRD, FOURTH, FIFTH);

    boolean includes(LocalDate day) {
      return this == LAST
          ? day.getDayOfMonth() > day.lengthOfMonth() - WEEK
          : BY_WEEK.get((day.getDayOfMonth() - 1) / WEEK) == this;
    }
  }

  private static boolean isIn(Optional<Month> month, LocalDate day) {
    return month.isEmpty() || month.get() == day.getMonth();
  }
}
