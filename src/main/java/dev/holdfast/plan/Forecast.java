package dev.holdfast.plan;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;

/// What a simulation foresees.
///
/// @param nights one for each day, days without a run too
public record Forecast(List<Night> nights, Totals totals) {
  public Forecast {
    nights = List.copyOf(nights);
  }

  /// One run.
  ///
  /// @param stored bytes that its images take
  /// @param staged bytes in staging when nothing is written before the last dump ends
  /// @param kept bytes on media after it, expired images left out
  /// @param length how long it dumps, at the rates known
  /// @param overrun how much longer than the window
  public record Night(
      LocalDate date,
      int fulls,
      int incrementals,
      int delayed,
      int leftOut,
      long stored,
      long staged,
      long kept,
      Duration length,
      Duration overrun) {}

  /// The whole time.
  ///
  /// @param volumes volumes that hold what is kept at its largest; empty without a volume size
  public record Totals(
      int fewestFulls,
      int mostFulls,
      double meanFulls,
      long stagingHighWater,
      long mostKept,
      OptionalLong volumes,
      int overruns,
      int leftOut) {

    static Totals of(List<Night> nights, OptionalLong volume) {
      var fulls = nights.stream().mapToInt(Night::fulls).summaryStatistics();
      long most = nights.stream().mapToLong(Night::kept).max().orElse(0);
      return new Totals(
          fulls.getMin(),
          fulls.getMax(),
          fulls.getAverage(),
          nights.stream().mapToLong(Night::staged).max().orElse(0),
          most,
          volume.isPresent() ? OptionalLong.of(Math.ceilDiv(most, volume.getAsLong())) : volume,
          (int) nights.stream().filter(night -> !night.overrun().isZero()).count(),
          nights.stream().mapToInt(Night::leftOut).sum());
    }
  }
}
