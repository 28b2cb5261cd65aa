package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;
import java.util.Optional;

/// How a set uses staging.
///
/// @param quota the set's share; `Staging.quota` of the set
public record StagingUse(
    @Key("which staging, and whether it must be used") Use use,
    @Key(value = "when images of earlier runs are written", initially = "before")
        AutoFlush autoFlush,
    @Key(value = "the set's share of the staging", min = 1) Optional<ByteSize> quota,
    @Key(value = "below this free share only incrementals are dumped", initially = "20%")
        Threshold.Percent reserveForIncremental) {

  public record Use(
      @Key(value = "a Staging; none = one of the set's own", text = TextRule.NAME)
          Optional<String> ref,
      @Key(value = "auto, required, or never", initially = "auto") Mode mode) {}

  /// `auto`: what does not fit goes straight to media; `required`: it waits or fails; `never`:
  /// everything goes straight to media.
  public enum Mode {
    AUTO,
    REQUIRED,
    NEVER
  }

  public enum AutoFlush {
    BEFORE,
    AFTER,
    BOTH,
    OFF
  }
}
