package dev.holdfast.job;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// One command that prunes one set.
///
/// @param approval digest of what a person agreed to, or how it begins; empty = brakes hold
/// @param lockWait how long to wait for a run of the set to end
public record PruneRequest(
    Declarations declarations,
    BackupSet set,
    Optional<String> approval,
    Duration lockWait,
    Clock clock) {}
