package dev.holdfast.plan.calendar;

import java.time.Instant;
import java.util.Optional;

/// What the calendar must know of a set's runs.
///
/// @param lastStart when its newest run of all its sources began
/// @param unfinished true when that run ended so that running again continues it
public record Past(Optional<Instant> lastStart, boolean unfinished) {

  public static Past none() {
    return new Past(Optional.empty(), false);
  }
}
