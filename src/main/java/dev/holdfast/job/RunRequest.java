package dev.holdfast.job;

import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.LevelWish;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/// One command that runs or flushes one set.
///
/// @param only dump only these sources; empty = all of the set
/// @param fresh do not continue an unfinished run: abandon it, write what it staged, start anew
/// @param lockWait how long to wait for another run of the set to end
public record RunRequest(
    Declarations declarations,
    BackupSet set,
    LevelWish level,
    Set<SourceName> only,
    boolean fresh,
    Duration lockWait,
    Clock clock) {

  public RunRequest {
    only = Set.copyOf(only);
  }
}
