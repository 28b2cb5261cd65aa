package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.BackupSet;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/// How a run comes in: with the lease of its set, and with a catalog that knows what media hold.
/// While the storage is away it comes in without both; the lease is then taken before the first
/// write. The caller holds the lock of the state directory.
///
/// @param notes is told what a person should know
record Entry(
    BackupSet set,
    SetState state,
    MediaStorage storage,
    Lease lease,
    Wait waiting,
    Consumer<String> notes) {

  /// How long to wait for a live holder of the lease, and what ends the waiting.
  record Wait(Duration patience, StopSignal stop) {}

  /// An empty state directory learns what was backed up before, where the storage can say it.
  ///
  /// @param snapshots of the set's storages
  /// @throws HoldfastException LOCKED when another run has the lease, TEMPFAIL when the storage
  ///     went away on the way, STORAGE when a person must see to it first
  void refill(Snapshots snapshots) throws IOException, InterruptedException {
    if (!state.isEmpty()) {
      return;
    }
    if (storage.check(Set.of()) instanceof CheckResult.Unreachable) {
      notes.accept(
          "the state directory knows nothing of set "
              + set.name()
              + " and its storage is away: every source counts as never backed up");
      return;
    }
    acquire();
    switch (new Refill(set, state, snapshots, notes).fill()) {
      case Refill.Result.Refilled _, Refill.Result.NotNeeded _ -> {
        // the catalog knows all there is
      }
      case Refill.Result.Away(var exit, var problem) -> throw new HoldfastException(exit, problem);
    }
  }

  /// Takes the lease, unless an empty state directory has it by now, and catches up with what
  /// others wrote since.
  void lease(Catalog catalog) throws IOException, InterruptedException {
    if (lease.isHeld()
        || storage.check(catalog.inventory().labels(storage.name()))
            instanceof CheckResult.Unreachable) {
      return;
    }
    if (!acquire()) {
      var found = new CatchUp(set, storage, catalog).run();
      if (!found.text().isEmpty()) {
        notes.accept("another state directory was used since: " + found.text());
      }
      found.problems().stream().map(Problem::line).forEach(notes);
    }
  }

  /// False when someone else may have written since this state directory did.
  private boolean acquire() throws InterruptedException {
    return switch (waiting.stop().untilStopped(() -> lease.acquire(waiting.patience()))) {
      case Lease.Result.Granted(var alone) -> alone;
      case Lease.Result.Refused(var problem) ->
          throw new HoldfastException(ExitCode.LOCKED, problem);
      case Lease.Result.Broken(var problem) ->
          throw new HoldfastException(ExitCode.STORAGE, problem);
      case Lease.Result.Away(var problem) -> {
        notes.accept(problem.line());
        yield true;
      }
    };
  }
}
