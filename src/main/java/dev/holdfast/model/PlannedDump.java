package dev.holdfast.model;

import java.util.Optional;

/// One dump that a run will make, decided by the planner.
///
/// @param parent the image this one is relative to; present exactly when the level is not 0
/// @param reason why this level, for people
public record PlannedDump(
    ImageId image,
    SourceKey source,
    Level level,
    Optional<ImageId> parent,
    Estimate estimate,
    Route route,
    String reason) {

  public PlannedDump {
    if (level.isFull() == parent.isPresent()) {
      throw new IllegalArgumentException("level " + level + " with parent " + parent);
    }
  }
}
