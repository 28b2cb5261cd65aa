package dev.holdfast.model.declared;

import java.util.List;
import java.util.Optional;

/// Who hears of what.
public record Notify(
    @Key(value = "occasions", min = 1) List<Occasion> on,
    @Key("rhythm of a digest") Optional<Every> every,
    @Key(value = "addresses", text = TextRule.EMAIL) List<String> email) {

  public Notify {
    on = List.copyOf(on);
    email = List.copyOf(email);
  }

  public enum Occasion {
    FAILURE,
    RECOVERY,
    PARTIAL,
    ALWAYS,
    DIGEST,
    MEDIA_REQUEST,
    OVERDUE
  }

  public enum Every {
    DAILY,
    WEEKLY,
    MONTHLY
  }
}
