package dev.holdfast.job;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Declarations;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// One command that prunes one set.
///
/// @param approval digest of what a person agreed to, or how it begins; empty = brakes hold
/// @param storage a further storage, whose copies are meant; empty = the set's own
/// @param lockWait how long to wait for a run of the set to end
public record PruneRequest(
    Declarations declarations,
    BackupSet set,
    Optional<String> approval,
    Optional<CopyTarget> storage,
    Duration lockWait,
    Clock clock) {

  /// The same, of the copies on a further storage.
  public PruneRequest of(CopyTarget copy) {
    return new PruneRequest(declarations, set, approval, Optional.of(copy), lockWait, clock);
  }
}
