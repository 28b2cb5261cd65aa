package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.Snapshot;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.SetName;
import java.io.IOException;
import java.time.Instant;

/// Leaves a snapshot of the catalog beside the volumes, for a state directory that knows nothing.
/// One that cannot be written costs time then, and no image.
record Shelving(SetName set, MediaStorage storage, Lease lease, Catalog catalog) {

  /// Nothing without the lease: the storage was never reached, or belongs to another run by now.
  ///
  /// @param by what the snapshot is told to come from, as `run 20261124T213000Z-4f1c`
  /// @return false when it was not left
  boolean leave(String by, Instant at) throws IOException {
    if (!lease.isHeld() || !(lease.check() instanceof Lease.Result.Granted)) {
      return false;
    }
    var snapshot = Snapshot.of(catalog, set, by, at);
    storage.shelf().put(Refill.name(set), snapshot.bytes());
    CrashPoint.SNAPSHOT_WRITTEN.reached();
    return true;
  }
}
