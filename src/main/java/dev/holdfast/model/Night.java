package dev.holdfast.model;

import java.time.Duration;
import java.time.LocalDate;

/// One day of a simulation, with all its runs.
///
/// @param stored bytes that its images take
/// @param staged bytes in staging when nothing is written before the last dump of a run ends, of
///     the largest run
/// @param kept bytes on media after it, expired images left out
/// @param length how long its runs dump, at the rates known
/// @param overrun how much longer than its window the longest run works
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
    Duration overrun) {

  /// A day without a run.
  public static Night quiet(LocalDate date, long kept) {
    return new Night(date, 0, 0, 0, 0, 0, 0, kept, Duration.ZERO, Duration.ZERO);
  }

  /// The same day with a further run, by itself given as a night.
  public Night and(Night run) {
    return new Night(
        date,
        fulls + run.fulls,
        incrementals + run.incrementals,
        delayed + run.delayed,
        leftOut + run.leftOut,
        stored + run.stored,
        Math.max(staged, run.staged),
        run.kept,
        length.plus(run.length),
        overrun.compareTo(run.overrun) < 0 ? run.overrun : overrun);
  }
}
