package dev.holdfast.media;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;

/// What came of removing files from a volume. Files before the one that could not be removed are
/// gone, durably; that one and those after it are there.
public sealed interface RemoveResult {

  /// None of the files is on the volume any more.
  ///
  /// @param files that were there
  /// @param bytes of those files, headers included
  record Removed(int files, long bytes) implements RemoveResult {}

  /// The medium holds one of them: object lock, legal hold, an immutable file, no right to delete.
  record Kept(Problem problem) implements RemoveResult {}

  /// The storage could not do it now.
  ///
  /// @param exit 75 when the storage went away, 31 when a person must act
  record Failed(Problem problem, ExitCode exit) implements RemoveResult {}
}
