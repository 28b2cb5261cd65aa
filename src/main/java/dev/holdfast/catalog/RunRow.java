package dev.holdfast.catalog;

import dev.holdfast.model.Digest;
import dev.holdfast.model.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// A run of the set.
///
/// @param finishedAt empty while it runs, or when it ended without saying so
/// @param exit the exit code that it ended with
/// @param fingerprint of what the plan depends on: a run is only continued under an equal one
/// @param options as typed, for people
public record RunRow(
    RunId id,
    Instant startedAt,
    Optional<Instant> finishedAt,
    OptionalInt exit,
    Digest fingerprint,
    String options,
    Optional<String> configCommit) {}
