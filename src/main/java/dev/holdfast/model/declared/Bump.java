package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;

/// When a source goes on to the next higher level: when that saves enough bytes for the longer
/// chain. The saving asked for grows with the level, so that a chain does not grow on a whim.
///
/// @param multiplier percent; 150 asks for half as much again at every further level
public record Bump(
    @Key(value = "saving that level 2 must bring, as a share of the last full", initially = "20%")
        Threshold.Percent percent,
    @Key(value = "the saving where percent is 0%, or the full under 1 MB", initially = "10MiB")
        ByteSize size,
    @Key(value = "days at a level before the next", initially = "2", min = 1, max = 365) int days,
    @Key(
            value = "saving of each further level, in percent of the one before",
            initially = "150",
            min = 100,
            max = 1000)
        int multiplier) {
  private static final long SMALL_FULL = 1_000_000;

  /// What most sources do well with.
  public static Bump usual() {
    return new Bump(new Threshold.Percent(20), new ByteSize(10L << 20), 2, 150);
  }

  /// Bytes that a dump at the next level must save over one at `level`, 1 or more.
  public long threshold(int level, long lastFull) {
    boolean byShare = percent.percent() > 0 && lastFull > SMALL_FULL;
    double base = byShare ? lastFull / 100.0 * percent.percent() : size.bytes();
    return Math.round(base * Math.pow(multiplier / 100.0, level - 1));
  }
}
