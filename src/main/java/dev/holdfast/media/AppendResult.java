package dev.holdfast.media;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.VolumeFile;

/// What came of writing one file to a volume. Unless it was written, nothing of it is left there.
public sealed interface AppendResult {

  /// On media, synced, under its final name.
  record Written(VolumeFile place) implements AppendResult {}

  /// This volume cannot take the file, another one may: write it whole there.
  record VolumeFull(String reason) implements AppendResult {}

  /// No volume of this storage can take it now.
  ///
  /// @param exit 75 when the storage went away, 31 when a person must act, 40 when the file to be
  ///     written is not what its header says
  record Failed(Problem problem, ExitCode exit) implements AppendResult {}
}
