package dev.holdfast.plan;

import dev.holdfast.model.Route;
import dev.holdfast.model.declared.StagingUse;
import java.util.OptionalLong;

/// Where the images of a run can go.
///
/// @param storage bytes that the set's storage can still take in this run; empty = no limit
/// @param backlog bytes that already wait in staging for the same storage
/// @param mode how the set uses staging
/// @param staging most bytes that staging can ever hold; empty = no limit
public record Room(OptionalLong storage, long backlog, StagingUse.Mode mode, OptionalLong staging) {

  public static Room unlimited() {
    return new Room(OptionalLong.empty(), 0, StagingUse.Mode.AUTO, OptionalLong.empty());
  }

  /// What tonight's dumps may take of the storage; empty = no limit.
  OptionalLong forDumps() {
    return storage.isEmpty()
        ? storage
        : OptionalLong.of(Math.max(0, storage.getAsLong() - backlog));
  }

  /// Whether an image of this size has no way at all to the storage.
  boolean refuses(long cost) {
    return mode == StagingUse.Mode.REQUIRED && !holds(cost);
  }

  Route route(long cost) {
    return mode == StagingUse.Mode.NEVER || !holds(cost) ? Route.DIRECT : Route.STAGING;
  }

  private boolean holds(long cost) {
    return staging.isEmpty() || cost <= staging.getAsLong();
  }
}
