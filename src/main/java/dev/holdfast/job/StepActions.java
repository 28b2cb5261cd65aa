package dev.holdfast.job;

import dev.holdfast.model.ImageId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the steps of a run do, without a word of how they are ordered, repeated or recorded: that
/// is the job's. Every action is called on a thread of its own choosing by the job; `dump` and
/// `write` are called concurrently. An action that throws makes its step FAILED, an interrupt makes
/// it STOPPED; what a person must know of it is in the outcomes, not in the exception.
interface StepActions {

  /// Reconciles what an earlier run left behind, on disk and in the catalog.
  void prepare() throws Exception;

  void estimate() throws Exception;

  void plan() throws Exception;

  /// The planned dumps in the order in which they start.
  List<ImageId> dumps();

  /// Told before the first dump starts which images still have a step.
  void dumpsBegin(Set<ImageId> images) throws Exception;

  /// The next image of a dumper, when one may start; empty when none is left for it.
  Optional<ImageId> nextDump(int dumper) throws Exception;

  /// Makes the dump that `nextDump` gave.
  void dump(ImageId image) throws Exception;

  /// Told after the step of a dump has ended; the image may be given out once more.
  void dumpEnded(ImageId image);

  /// Called once when no dump will start or end any more, however that came.
  void dumpsEnded();

  /// Writes staged images until there is nothing more to expect.
  void write(long writer) throws Exception;

  /// Called once when no writer works any more, however that came.
  void writesEnded();

  /// The further storages that get copies, none of them twice.
  List<String> copies();

  /// Brings to one further storage what it lacks; called concurrently for different ones.
  void copy(String storage) throws Exception;

  /// Removes what has expired; called only when all that was to be dumped and written was.
  void prune() throws Exception;

  void report() throws Exception;
}
