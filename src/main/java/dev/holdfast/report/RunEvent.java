package dev.holdfast.report;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.Problem;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceName;
import java.time.Duration;
import java.util.List;

/// Something that just happened in a run, a flush, a restore or a verify.
public sealed interface RunEvent {

  /// The first of every run; what follows belongs to it until the next one.
  record RunBegan(RunId run, SetName set, boolean resumed) implements RunEvent {}

  record PhaseBegan(Phase phase) implements RunEvent {}

  record PhaseEnded(Phase phase, Duration took) implements RunEvent {}

  /// A source said how large its dumps would be.
  ///
  /// @param text level by level, for people
  record Estimated(SourceName source, String text) implements RunEvent {}

  /// A dump starts.
  ///
  /// @param reason why this level
  record DumpBegan(SourceName source, Level level, Estimate estimate, String reason)
      implements RunEvent {}

  /// A dump came this far.
  ///
  /// @param rawBytes so far; told as often as is convenient
  record DumpProgress(SourceName source, long rawBytes) implements RunEvent {}

  record DumpEnded(SourceReport report) implements RunEvent {}

  /// An image starts on its way to media.
  ///
  /// @param bytes that will be written
  record WriteBegan(ImageRef image, long bytes) implements RunEvent {}

  /// A write came this far.
  ///
  /// @param bytes so far; told as often as is convenient
  record WriteProgress(ImageId image, long bytes) implements RunEvent {}

  record WriteEnded(ImageRef image, List<Label> volumes) implements RunEvent {
    public WriteEnded {
      volumes = List.copyOf(volumes);
    }
  }

  /// An image starts on its way to a further storage.
  ///
  /// @param bytes that will be copied
  record CopyBegan(ImageRef image, String storage, long bytes) implements RunEvent {}

  /// A copy came this far.
  ///
  /// @param bytes so far; told as often as is convenient
  record CopyProgress(ImageId image, String storage, long bytes) implements RunEvent {}

  record CopyEnded(ImageRef image, String storage, List<Label> volumes) implements RunEvent {
    public CopyEnded {
      volumes = List.copyOf(volumes);
    }
  }

  /// A restore or a verify came this far.
  ///
  /// @param total 0 when it is not known
  record Reading(String what, long bytes, long total) implements RunEvent {}

  /// What a person may want to know.
  record Note(String text) implements RunEvent {}

  /// What a person must know, and the work goes on.
  record Warning(Problem problem) implements RunEvent {}

  /// A stage of the work, in the order of a run.
  enum Phase {
    PREPARE,
    ESTIMATE,
    PLAN,
    MOVE,
    PRUNE,
    REPORT,
    RESTORE,
    VERIFY,
    CHECK,
    REBUILD
  }
}
