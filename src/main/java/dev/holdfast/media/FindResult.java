package dev.holdfast.media;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.util.List;

/// What came of looking for a volume to write.
public sealed interface FindResult {

  /// Open; the caller closes it.
  ///
  /// @param fresh true when the volume was labelled just now
  record Found(VolumeWriter writer, boolean fresh, List<ScanResult.Skipped> skipped)
      implements FindResult {
    public Found {
      skipped = List.copyOf(skipped);
    }
  }

  /// No volume, and why not.
  ///
  /// @param exit 75 when the storage is away, 31 when a person must act
  record None(Problem problem, ExitCode exit) implements FindResult {}
}
