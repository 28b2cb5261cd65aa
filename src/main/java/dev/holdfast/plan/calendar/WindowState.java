package dev.holdfast.plan.calendar;

import java.time.Instant;
import java.util.Optional;

/// Whether runs may work at an instant.
public sealed interface WindowState {

  /// Runs may work.
  ///
  /// @param until when it closes, not included; empty when it does not close in sight
  record Open(Optional<Instant> until) implements WindowState {}

  /// Runs may not work.
  ///
  /// @param until when the next one opens; empty when none does in sight
  /// @param why in words
  record Closed(Optional<Instant> until, String why) implements WindowState {}
}
