package dev.holdfast.source;

import dev.holdfast.model.Problem;
import java.util.Optional;

/// Whether a source can be dumped.
public sealed interface Readiness {
  record Ready() implements Readiness {}

  /// A dump now would be an empty success, or none.
  record NotReady(Problem problem) implements Readiness {}

  /// Nothing is wrong with it that its coming back would not mend: its host is off, its disk is
  /// not plugged in. A source that may be offline does not fail for it.
  record Away(Problem problem) implements Readiness {}

  /// Why no dump may start; empty when one may.
  default Optional<Problem> obstacle() {
    return switch (this) {
      case Ready() -> Optional.empty();
      case NotReady(var problem) -> Optional.of(problem);
      case Away(var problem) -> Optional.of(problem);
    };
  }
}
