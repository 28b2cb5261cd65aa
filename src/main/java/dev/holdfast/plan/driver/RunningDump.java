package dev.holdfast.plan.driver;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Route;

/// A dump that is under way.
///
/// @param bytes that it was expected to need
/// @param paused true: it outgrew what it was promised and waits for room
public record RunningDump(
    ImageId image, String host, Route route, long bytes, long rate, boolean paused) {

  boolean isStaging() {
    return route == Route.STAGING;
  }
}
