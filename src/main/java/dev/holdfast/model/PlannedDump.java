package dev.holdfast.model;

import java.util.Optional;

/// One dump that a run will make, decided by the planner.
///
/// @param parent the image this one is relative to; present exactly when the level is not 0
/// @param reason why this level, for people
/// @param outlook what the driver is told of it
public record PlannedDump(
    ImageId image,
    SourceKey source,
    Level level,
    Optional<ImageId> parent,
    Estimate estimate,
    Route route,
    String reason,
    Outlook outlook) {

  public PlannedDump {
    if (level.isFull() == parent.isPresent()) {
      throw new IllegalArgumentException("level " + level + " with parent " + parent);
    }
  }

  /// Of a dump that the driver knows nothing more of.
  public PlannedDump(
      ImageId image,
      SourceKey source,
      Level level,
      Optional<ImageId> parent,
      Estimate estimate,
      Route route,
      String reason) {
    this(image, source, level, parent, estimate, route, reason, Outlook.unknown(estimate.bytes()));
  }

  /// The incremental that the plan has in its place.
  public PlannedDump degraded(String why) {
    var smaller = outlook.smaller().orElseThrow();
    var then =
        new Outlook(
            smaller.storedBytes(), outlook.urgency(), outlook.expected(), Optional.empty(), "");
    return new PlannedDump(
        image,
        source,
        smaller.level(),
        Optional.of(smaller.parent()),
        smaller.estimate(),
        route,
        why + "; " + smaller.reason(),
        then);
  }
}
