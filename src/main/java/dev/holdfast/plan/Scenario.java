package dev.holdfast.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// What a simulation supposes.
///
/// @param first the day of the first run
/// @param growthPerMonth how much all sources grow, 0.01 = one percent
/// @param calendar the runs of a day, in order
public record Scenario(
    Today first,
    int days,
    PlanRules rules,
    Capacities capacities,
    double growthPerMonth,
    Function<LocalDate, List<Run>> calendar,
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

  /// One run to come.
  ///
  /// @param window how long it may work; empty = as long as it takes
  public record Run(Instant at, LevelWish level, Optional<Duration> window) {

    /// The only run of a day of which no schedule says anything.
    public static Run daily(LocalDate day, ZoneId zone) {
      var noon = day.atTime(LocalTime.NOON).atZone(zone).toInstant();
      return new Run(noon, new LevelWish.Auto(), Optional.empty());
    }
  }

  double growth(int day) {
    return Math.pow(1 + growthPerMonth, day / DAYS_PER_MONTH);
  }
}
