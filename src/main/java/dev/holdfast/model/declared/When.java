package dev.holdfast.model.declared;

import java.time.LocalDate;
import java.util.Optional;

/// When a set runs by itself, or in a job. An explicit `run SET` does not ask it.
public record When(
    @Key(value = "a Schedule", text = TextRule.NAME) Optional<String> schedule,
    @Key(value = "false pauses the set: jobs leave it out", initially = "true") boolean active,
    @Key("first day after the pause") Optional<LocalDate> until) {

  public boolean isPausedOn(LocalDate day) {
    return !active && (until.isEmpty() || day.isBefore(until.get()));
  }
}
