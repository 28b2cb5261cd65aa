package dev.holdfast.plan;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.Route;
import java.util.OptionalLong;

/// Chooses an image's way: through staging unless it is off or the image can never fit there.
///
/// @param staging whether this set stages at all
/// @param limit most bytes that staging can ever hold; empty = no limit
public record RoutePolicy(boolean staging, OptionalLong limit) {

  public Route choose(Estimate estimate) {
    if (!staging || (limit.isPresent() && estimate.bytes() > limit.getAsLong())) {
      return Route.DIRECT;
    }
    return Route.STAGING;
  }
}
