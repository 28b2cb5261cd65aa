package dev.holdfast.job;

import dev.holdfast.model.ImageId;
import java.util.List;

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

  void dump(ImageId image) throws Exception;

  /// Called once when no dump will start or end any more, however that came.
  void dumpsEnded();

  /// Writes staged images until there is nothing more to expect.
  void write(long writer) throws Exception;

  /// Called once when no writer works any more, however that came.
  void writesEnded();

  void report() throws Exception;
}
