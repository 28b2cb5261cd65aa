package dev.holdfast.job;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.io.IOException;

/// The storage cannot take an image now; what was staged is safe.
final class StorageTroubleException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Outcomes.StorageTrouble trouble;
  private final ExitCode exit;

  StorageTroubleException(Problem problem, ExitCode exit) {
    super(problem.text());
    this.exit = exit;
    this.trouble =
        switch (exit) {
          case TEMPFAIL -> new Outcomes.StorageTrouble.Away(problem);
          case LOCKED -> new Outcomes.StorageTrouble.Taken(problem);
          default -> new Outcomes.StorageTrouble.Fault(problem);
        };
  }

  /// 40 when the file that was to be written is not what its header says.
  ExitCode exit() {
    return exit;
  }

  Outcomes.StorageTrouble trouble() {
    return trouble;
  }
}
