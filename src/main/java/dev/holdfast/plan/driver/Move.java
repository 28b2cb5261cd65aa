package dev.holdfast.plan.driver;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Route;

/// What the driver does next.
public sealed interface Move {

  /// A dump starts; in staging, its bytes are promised to it first.
  record Start(ImageId image, Route route) implements Move {}

  /// A full becomes the incremental that the plan has for this case.
  record Degrade(ImageId image, String reason) implements Move {}

  /// A dump does not happen in this run.
  ///
  /// @param later true: only the storage that is away keeps it back, so another run can do it
  record Refuse(ImageId image, boolean later, String reason) implements Move {}

  /// Nothing can start before something else changes.
  record Wait(String reason) implements Move {}

  /// No dump is left to start.
  record Finished() implements Move {}
}
