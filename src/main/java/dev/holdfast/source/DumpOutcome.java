package dev.holdfast.source;

import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.Problem;
import java.util.Map;

/// How a dump ended on the source's side.
public sealed interface DumpOutcome {

  /// The stream is whole; `verdict` says whether its warnings are within what is tolerated.
  record Complete(DumpWarnings warnings, ToleranceVerdict verdict, Map<String, Integer> exits)
      implements DumpOutcome {
    public Complete {
      exits = Map.copyOf(exits);
    }
  }

  /// The stream is worth nothing.
  record Failed(Problem problem) implements DumpOutcome {}
}
