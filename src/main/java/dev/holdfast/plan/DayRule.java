package dev.holdfast.plan;

/// What the schedule says about the levels of a day.
public enum DayRule {
  /// The planner decides.
  AUTO,
  /// Every source gets a full.
  FULL,
  /// No source gets a full, unless it has nothing to build on.
  INCREMENTAL,
  /// Nothing is dumped.
  NONE
}
