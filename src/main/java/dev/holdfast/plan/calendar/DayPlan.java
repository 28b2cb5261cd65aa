package dev.holdfast.plan.calendar;

import dev.holdfast.model.declared.Schedule.Blackout;
import dev.holdfast.model.declared.Schedule.DayLevel;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/// What a schedule says about one day.
///
/// @param level NONE when nothing starts on it
/// @param by the words that decided, as `second sunday of month`
/// @param times local start times before the spread, in order, each once; empty for level NONE
/// @param blackout the blackout that covers it
public record DayPlan(
    LocalDate day, DayLevel level, String by, List<LocalTime> times, Optional<Blackout> blackout) {

  public DayPlan {
    times = List.copyOf(times);
  }
}
