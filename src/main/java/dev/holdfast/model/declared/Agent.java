package dev.holdfast.model.declared;

import java.util.Optional;

/// What is expected of the programs on the source's host.
public record Agent(
    @Key(value = "the oldest version accepted", text = TextRule.NAME)
        Optional<String> minVersion) {}
