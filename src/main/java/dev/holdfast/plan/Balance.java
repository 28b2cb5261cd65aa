package dev.holdfast.plan;

import java.time.LocalDate;
import java.util.List;

/// How the fulls lie over the days to come.
///
/// @param target stored bytes of fulls that an even night has
/// @param tonight stored bytes of fulls that this plan has
/// @param days from today on, days without fulls left out
public record Balance(long target, long tonight, List<Day> days) {
  public Balance {
    days = List.copyOf(days);
  }

  /// The fulls of one day.
  ///
  /// @param bytes stored bytes of these fulls, by the last known size
  public record Day(LocalDate date, int fulls, long bytes) {}
}
