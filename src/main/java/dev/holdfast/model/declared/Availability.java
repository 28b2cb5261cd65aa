package dev.holdfast.model.declared;

import java.time.Duration;
import java.util.Optional;

/// Whether a source may be offline without that being a failure.
public record Availability(
    @Key(value = "an unreachable host is not a failure", initially = "false") boolean mayBeOffline,
    @Key(value = "unless it lasts this long", min = 1) Optional<Duration> overdueAfter) {}
