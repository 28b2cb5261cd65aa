package dev.holdfast.plan;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// What a simulation supposes.
///
/// @param first the day of the first run
/// @param growthPerMonth how much all sources grow, 0.01 = one percent
/// @param calendar what the schedule says about a day
public record Scenario(
    Today first,
    int days,
    PlanRules rules,
    Capacities capacities,
    double growthPerMonth,
    Function<LocalDate, RunDay> calendar,
    List<SimulatedSource> sources) {
  private static final double DAYS_PER_MONTH = 30.44;

  public Scenario {
    if (days < 1) {
      throw new IllegalArgumentException("a simulation has at least one day, had " + days);
    }
    sources = List.copyOf(sources);
  }

  /// The limits of a run.
  ///
  /// @param perRun bytes that the storage takes in one run; empty = no limit
  /// @param volume bytes of one volume; empty = without limit
  /// @param staging most bytes that staging can hold; empty = no limit
  public record Capacities(
      OptionalLong perRun,
      OptionalLong volume,
      OptionalLong staging,
      int serverParallel,
      int clientParallel) {
    public static Capacities unlimited() {
      return new Capacities(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 10, 1);
    }
  }

  /// One day of the schedule.
  ///
  /// @param window how long a run may work; empty = as long as it takes
  public record RunDay(DayRule rule, Optional<Duration> window) {
    public static RunDay open() {
      return new RunDay(DayRule.AUTO, Optional.empty());
    }
  }

  double growth(int day) {
    return Math.pow(1 + growthPerMonth, day / DAYS_PER_MONTH);
  }
}
