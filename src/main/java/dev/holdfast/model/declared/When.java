package dev.holdfast.model.declared;

import java.time.LocalDate;
import java.util.Optional;

/// When a set runs by itself. An explicit `run SET` does not ask it.
public record When(
    @Key(value = "a Schedule", text = TextRule.NAME) Optional<String> schedule,
    @Key(value = "false pauses the set", initially = "true") boolean active,
    @Key("the end of the pause") Optional<LocalDate> until) {}
