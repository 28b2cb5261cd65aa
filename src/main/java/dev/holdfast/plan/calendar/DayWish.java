package dev.holdfast.plan.calendar;

import dev.holdfast.model.declared.Schedule.DayLevel;
import dev.holdfast.plan.DayRule;
import dev.holdfast.plan.LevelWish;

/// Turns what a day's rule says into what a run is asked for.
public final class DayWish {

  private DayWish() {}

  /// The wish for a run on a day of this level.
  ///
  /// @throws IllegalArgumentException for NONE: on such a day nothing runs
  public static LevelWish of(DayLevel level) {
    return switch (level) {
      case AUTO -> new LevelWish.Auto();
      case FULL -> new LevelWish.OnDay(DayRule.FULL);
      case INCREMENTAL -> new LevelWish.OnDay(DayRule.INCREMENTAL);
      case NONE -> throw new IllegalArgumentException("no run on such a day");
    };
  }
}
