package dev.holdfast.plan;

import dev.holdfast.model.declared.StartVolume;
import java.util.OptionalInt;

/// Whether a writer may begin another volume. A volume that is begun is filled without asking
/// again.
///
/// @param thresholds in percent of `capacity`
/// @param capacity bytes of one volume; 0 = without limit, then every threshold counts as reached
/// @param most volumes that a run may begin; empty = no limit
public record VolumeStart(StartVolume thresholds, long capacity, OptionalInt most) {

  /// How the run stands.
  ///
  /// @param staged bytes that wait in staging, less the room left on volumes begun
  /// @param toDump bytes still to be dumped to staging
  /// @param begun volumes that this run began
  /// @param dumpsOver nothing more will come to staging
  /// @param need what cannot wait for a threshold
  public record State(long staged, long toDump, int begun, boolean dumpsOver, Need need) {}

  /// What cannot wait.
  public enum Need {
    NOTHING,
    /// A dump goes straight to media.
    DIRECT_DUMP,
    /// Staging is full, and dumps stand still.
    STAGING_FULL
  }

  /// The answer, with its reason.
  public sealed interface Verdict {
    String reason();

    record Begin(String reason) implements Verdict {}

    record Wait(String reason) implements Verdict {}
  }

  public Verdict decide(State state) {
    if (most.isPresent() && state.begun() >= most.getAsInt()) {
      return new Verdict.Wait("the run has begun " + state.begun() + " volumes, its limit");
    }
    return switch (state.need()) {
      case DIRECT_DUMP -> new Verdict.Begin("a dump waits that goes straight to media");
      case STAGING_FULL -> new Verdict.Begin("staging is full and dumps stand still");
      case NOTHING -> byThresholds(state);
    };
  }

  private Verdict byThresholds(State state) {
    if (state.staged() <= 0) {
      return new Verdict.Wait("what is staged fits on the volumes begun");
    }
    var amount = Words.size(state.staged());
    if (state.dumpsOver()) {
      return state.staged() > bytes(thresholds.atEnd())
          ? new Verdict.Begin(amount + " wait and all dumps are over")
          : new Verdict.Wait(
              amount + " stay in staging, a volume is begun above " + share(thresholds.atEnd()));
    }
    if (state.staged() <= bytes(thresholds.dumped())) {
      return new Verdict.Wait(
          amount + " wait, a volume is begun above " + share(thresholds.dumped()));
    }
    long coming = state.staged() + state.toDump();
    return coming > bytes(thresholds.scheduled())
        ? new Verdict.Begin(amount + " wait")
        : new Verdict.Wait(
            Words.size(coming)
                + " wait or will come, a volume is begun above "
                + share(thresholds.scheduled()));
  }

  private double bytes(int percent) {
    return capacity / 100.0 * percent;
  }

  private String share(int percent) {
    return percent + " % of a volume, " + Words.size(Math.round(bytes(percent)));
  }
}
