package dev.holdfast.plan;

/// What the schedule says about the levels of a day where it does not leave them to the planner.
public enum DayRule {
  /// Every source gets a full, unless its strategy has none or there is no room.
  FULL,
  /// No source gets a full, unless it has nothing to build on.
  INCREMENTAL
}
