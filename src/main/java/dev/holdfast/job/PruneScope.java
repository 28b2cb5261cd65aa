package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.plan.retention.AgingImage;
import dev.holdfast.plan.retention.Brakes;
import dev.holdfast.plan.retention.RetentionVerdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a prune of one set in one storage works with.
///
/// @param run in whose name volumes are changed
/// @param lease asked before each image that goes; empty for a dry run
/// @param books what the catalog knows of that storage
/// @param judge who decides which images stay
record PruneScope(
    SetName set,
    SetState state,
    Catalog catalog,
    MediaStorage storage,
    Optional<Lease> lease,
    RunId run,
    Judge judge,
    Brakes brakes,
    Commands commands,
    Clock clock,
    StopSignal stop,
    PruneBooks books) {

  /// Of the set's own storage.
  PruneScope(
      SetName set,
      SetState state,
      Catalog catalog,
      MediaStorage storage,
      Optional<Lease> lease,
      RunId run,
      Judge judge,
      Brakes brakes,
      Commands commands,
      Clock clock,
      StopSignal stop) {
    this(
        set,
        state,
        catalog,
        storage,
        lease,
        run,
        judge,
        brakes,
        commands,
        clock,
        stop,
        new PruneBooks.Own(set, catalog, storage));
  }

  /// The same set's copies on a further storage.
  PruneScope ofCopies(MediaStorage further, Judge other, Commands typed) {
    return new PruneScope(
        set,
        state,
        catalog,
        further,
        lease,
        run,
        other,
        brakes,
        typed,
        clock,
        stop,
        new PruneBooks.OfCopies(set, catalog, further));
  }

  /// What a person types to look at the same, and to do it.
  record Commands(String look, String act) {
    static Commands prune(SetName set) {
      return new Commands("prune " + set + " --dry-run", "prune " + set);
    }

    static Commands copies(SetName set, String storage) {
      var act = "prune " + set + " --storage " + storage;
      return new Commands(act + " --dry-run", act);
    }
  }

  /// A verdict for each image, the newest first.
  interface Judge {
    Map<ImageId, RetentionVerdict> judge(List<AgingImage> images, Instant now);
  }
}
