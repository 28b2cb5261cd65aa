package dev.holdfast.media;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;

/// What came of opening a volume for writing.
public sealed interface OpenResult {
  record Opened(VolumeWriter writer) implements OpenResult {}

  /// Another writer has it.
  record Busy(String holder) implements OpenResult {}

  /// The guard, or the storage, said no; the volume was not touched.
  record Refused(Problem problem, ExitCode exit) implements OpenResult {}
}
