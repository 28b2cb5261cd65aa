package dev.holdfast.plan.driver;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Route;
import java.util.OptionalLong;

/// A planned dump that has not begun.
///
/// @param host what `clientParallel` counts
/// @param full level 0; only fulls are made smaller when staging is short of room
/// @param bytes that it is expected to need in staging
/// @param rate bytes a second it is expected to take from the network; 0 = unknown
/// @param route its way by plan; `DIRECT` also after it outgrew staging once
/// @param required true: it may only go through staging
/// @param smaller bytes of the incremental that may take a full's place; empty = there is none
public record WaitingDump(
    ImageId image,
    String host,
    boolean full,
    long bytes,
    long rate,
    Route route,
    boolean required,
    OptionalLong smaller) {

  /// Bytes of a dump that outgrew staging once: nobody knows how many.
  public static final long MORE_THAN_THERE_IS = Long.MAX_VALUE;

  /// The incremental that takes its place.
  public WaitingDump degraded() {
    return new WaitingDump(
        image, host, false, smaller.orElseThrow(), rate, route, required, OptionalLong.empty());
  }

  boolean canShrink() {
    return full && smaller.isPresent();
  }
}
