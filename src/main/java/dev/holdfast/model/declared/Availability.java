package dev.holdfast.model.declared;

import java.time.Duration;
import java.util.Optional;

/// Whether a source may be offline without that being a failure.
///
/// @param overdueAfter longest time without a backup that is still none; empty = a run never fails
///     for it
public record Availability(
    @Key(value = "a source that is away does not fail the run", initially = "false")
        boolean mayBeOffline,
    @Key(value = "unless its newest image is older than this", min = 1)
        Optional<Duration> overdueAfter) {}
