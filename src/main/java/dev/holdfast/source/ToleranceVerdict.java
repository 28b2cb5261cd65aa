package dev.holdfast.source;

import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.WarningClass;
import dev.holdfast.model.declared.Tolerate;
import java.util.ArrayList;
import java.util.List;

/// Whether a dump's warnings are within what the source tolerates. A member that shrank while it
/// was read is damaged in the image: that is never good.
public sealed interface ToleranceVerdict {
  record Good() implements ToleranceVerdict {}

  record Partial(String reason) implements ToleranceVerdict {}

  static ToleranceVerdict of(DumpWarnings warnings, Tolerate tolerate) {
    var reasons = new ArrayList<String>();
    over(reasons, warnings.count(WarningClass.SHRANK), 0, "shrank while they were read");
    over(
        reasons, warnings.count(WarningClass.UNREADABLE), tolerate.unreadable(), "were unreadable");
    over(reasons, warnings.count(WarningClass.VANISHED), tolerate.vanished(), "vanished");
    over(
        reasons,
        warnings.count(WarningClass.CHANGED),
        tolerate.changedWhileRead(),
        "changed while they were read");
    over(reasons, warnings.count(WarningClass.OTHER), tolerate.other(), "gave another message");
    return reasons.isEmpty() ? new Good() : new Partial(String.join(", ", reasons));
  }

  private static void over(List<String> reasons, long count, long limit, String what) {
    if (count > limit) {
      reasons.add(
          count + (count == 1 ? " file " : " files ") + what + " (tolerated " + limit + ")");
    }
  }
}
