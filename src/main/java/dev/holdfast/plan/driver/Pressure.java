package dev.holdfast.plan.driver;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Breaks the deadlock of a full staging: when every dump that fills it is paused, and nothing is
/// being written that would give room, one must go. The smallest does, since it has lost least; it
/// starts again straight to media.
public final class Pressure {
  private Pressure() {}

  /// The dump to abort now; empty while something may still free room by itself.
  public static Optional<RunningDump> victim(List<RunningDump> running, Room room) {
    var staging = running.stream().filter(RunningDump::isStaging).toList();
    if (staging.isEmpty() || room.draining() || !staging.stream().allMatch(RunningDump::paused)) {
      return Optional.empty();
    }
    return staging.stream()
        .min(
            Comparator.comparingLong(RunningDump::bytes)
                .thenComparing(dump -> dump.image().value()));
  }
}
