package dev.holdfast.model.declared;

import java.time.Duration;
import java.util.Optional;

/// A further home for a set's images.
public record Copy(
    @Key(value = "a Storage", text = TextRule.NAME) String to,
    @Key(value = "which images", initially = "all") Selection select,
    @Key(value = "days a copy stays", min = 1, max = 36500) Optional<Integer> retentionDays,
    @Key(value = "how soon the copy must exist", min = 1) Optional<Duration> within,
    @Key("speed and threads") Optional<Transfer> transfer) {

  public enum Selection {
    ALL,
    FULLS
  }
}
