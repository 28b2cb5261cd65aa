package dev.holdfast.media;

import dev.holdfast.model.Problem;

/// Whether a storage can be used now.
public sealed interface CheckResult {
  record Usable() implements CheckResult {}

  /// It may come back by itself: not there, not mounted, or another disk is (exit 75).
  record Unreachable(Problem problem) implements CheckResult {}

  /// A person must act first: read-only, or below its reserve of free space (exit 31).
  record Refused(Problem problem) implements CheckResult {}
}
