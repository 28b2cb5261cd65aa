package dev.holdfast.catalog;

import dev.holdfast.model.Label;
import java.time.Instant;

/// A volume out of rotation: nothing on it is pruned, nothing is written to it.
///
/// @param reason for people; empty when none was given
public record HoldRow(Label label, Instant since, String reason) {

  /// For messages: `volume Demo-001 is archived: evidence`.
  public String text() {
    return "volume " + label + " is archived" + (reason.isEmpty() ? "" : ": " + reason);
  }
}
