package dev.holdfast.source;

import dev.holdfast.model.Problem;

/// Whether a source can be dumped.
public sealed interface Readiness {
  record Ready() implements Readiness {}

  /// A dump now would be an empty success, or none.
  record NotReady(Problem problem) implements Readiness {}
}
