package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// A change of a set's catalog by a person, which runs with other state directories must learn of:
/// made under the lease, and left on the storage with a snapshot. While the storage is away it is
/// made here alone, and the person is told.
///
/// @param by what makes it, as `an order`
/// @param notes is told what a person should know
record SharedChange(
    Declarations declarations, BackupSet set, String by, Clock clock, Consumer<String> notes) {

  /// Makes it.
  ///
  /// @param patience how long to wait for a run that has the catalog, or the lease
  /// @throws dev.holdfast.model.HoldfastException LOCKED when the run does not end in time; nothing
  ///     was changed
  void make(Duration patience, Consumer<Catalog> change) throws IOException, InterruptedException {
    var state = SetState.of(declarations.state(), set.name()).create();
    var storage = StorageUses.open(declarations, set);
    var wait = new Entry.Wait(patience, new StopSignal());
    try (var catalog = Catalog.open(state.catalog(), patience);
        var lease = Lease.of(set.name(), state, storage, notes)) {
      new Entry(set, state, storage, lease, wait, notes).lease(catalog);
      change.accept(catalog);
      leave(new Shelving(set.name(), storage, lease, catalog));
    }
  }

  private void leave(Shelving shelving) {
    try {
      if (!shelving.leave(by, Instant.now(clock))) {
        notes.accept("its storage is away: a run with another state directory does not know it");
      }
    } catch (IOException failed) {
      notes.accept(
          "the storage could not be told, so a run with another state directory does not know it: "
              + Reason.of(failed));
    }
  }
}
