package dev.holdfast.plan;

import dev.holdfast.model.declared.Bump;

/// What a set decides about levels for all its sources.
///
/// @param maxLevel highest incremental level, 0..9; 0 = fulls only
/// @param runsPerWeek how often the set runs, 1 or more: fulls are spread over these runs
/// @param retentionDays how long an image stays restorable
public record PlanRules(int maxLevel, Bump bump, int runsPerWeek, int retentionDays) {
  public PlanRules {
    if (maxLevel < 0 || maxLevel > 9) {
      throw new IllegalArgumentException("the highest level is 0..9, was " + maxLevel);
    }
    if (runsPerWeek < 1) {
      throw new IllegalArgumentException("a set runs at least once a week, was " + runsPerWeek);
    }
  }

  /// A run a day, nine levels, images for three months.
  public static PlanRules usual() {
    return new PlanRules(9, Bump.usual(), 7, 90);
  }

  double runsPerCycle(int cycleDays) {
    return Math.max(1, cycleDays * runsPerWeek / 7.0);
  }
}
