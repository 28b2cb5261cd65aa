package dev.holdfast.model.declared;

import java.util.Optional;

/// What is read again without being asked.
public record VerifyPolicy(
    @Key(value = "right after writing", initially = "none") AfterWrite afterWrite,
    @Key("share of the parts read each week") Optional<Threshold.Percent> weeklySample,
    @Key(value = "days in which everything is read once", min = 1, max = 3650)
        Optional<Integer> fullEveryDays) {

  public enum AfterWrite {
    NONE,
    CHECKSUMS
  }
}
