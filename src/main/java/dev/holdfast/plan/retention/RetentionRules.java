package dev.holdfast.plan.retention;

import dev.holdfast.model.declared.Media.Keep;
import java.time.ZoneId;
import java.util.Optional;

/// How long the images of one storage stay.
///
/// @param days that every image stays, at least 1
/// @param keep images that stay longer
/// @param zone in which hours, days, weeks, months and years begin
/// @param archived true: nothing in this storage is ever pruned
/// @param verifiedFullFirst true: an image expires only when a newer full of its source was
///     verified
public record RetentionRules(
    int days, Optional<Keep> keep, ZoneId zone, boolean archived, boolean verifiedFullFirst) {

  public RetentionRules {
    if (days < 1) {
      throw new IllegalArgumentException("images stay at least a day, was " + days);
    }
  }
}
