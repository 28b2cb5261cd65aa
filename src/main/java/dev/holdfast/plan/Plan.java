package dev.holdfast.plan;

import java.util.List;

/// What a run will do, and why.
///
/// @param dumps most urgent first
/// @param leftOut by name
/// @param decisions in the order they were taken
public record Plan(
    List<DumpPlan> dumps, List<LeftOut> leftOut, List<Decision> decisions, Balance balance) {
  public Plan {
    dumps = List.copyOf(dumps);
    leftOut = List.copyOf(leftOut);
    decisions = List.copyOf(decisions);
  }

  /// Bytes that all dumps will take of the storage.
  public long cost() {
    return dumps.stream().mapToLong(dump -> dump.choice().estimate().cost()).sum();
  }
}
