package dev.holdfast.plan.calendar;

import java.time.Instant;
import java.util.Optional;

/// Whether a set shall run now, and why.
public sealed interface DueDecision {

  /// It shall run now.
  ///
  /// @param start whose turn it is; of a run that is continued, the one that it was begun for
  record Due(Start start, String reason) implements DueDecision {}

  /// It shall not.
  ///
  /// @param next when it may be due; empty when the schedule does not say
  record NotDue(String reason, Optional<Instant> next) implements DueDecision {}
}
