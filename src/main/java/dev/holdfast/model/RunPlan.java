package dev.holdfast.model;

import java.time.Instant;
import java.util.List;

/// Everything a run decided before it moved a byte. Dumps stand in the order they start.
///
/// @param fingerprint SHA-256 over what the plan depends on; an equal one allows a resume
public record RunPlan(
    RunId run, SetName set, Instant at, List<PlannedDump> dumps, Digest fingerprint) {

  public RunPlan {
    dumps = List.copyOf(dumps);
  }
}
