package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Night;
import dev.holdfast.model.SetName;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What a simulation of days to come foresees.
///
/// @param nights one for each day, never empty
/// @param volumes that hold what is kept at its largest; empty without a volume size
public record ForecastReport(SetName set, List<Night> nights, Optional<Long> volumes)
    implements Report {

  public ForecastReport {
    nights = List.copyOf(nights);
  }

  /// Fulls in one night.
  public record Fulls(int fewest, int most, double mean) {}

  @Override
  public ExitCode exit() {
    return ExitCode.OK;
  }

  public LocalDate first() {
    return nights.getFirst().date();
  }

  public Fulls fulls() {
    var figures = nights.stream().mapToInt(Night::fulls).summaryStatistics();
    return new Fulls(figures.getMin(), figures.getMax(), figures.getAverage());
  }

  public long stagingHighWater() {
    return nights.stream().mapToLong(Night::staged).max().orElse(0);
  }

  public long mostKept() {
    return nights.stream().mapToLong(Night::kept).max().orElse(0);
  }

  public long overruns() {
    return nights.stream().filter(night -> !night.overrun().isZero()).count();
  }

  public long leftOut() {
    return nights.stream().mapToLong(Night::leftOut).sum();
  }
}
