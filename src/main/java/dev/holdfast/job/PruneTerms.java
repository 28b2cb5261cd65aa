package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.plan.retention.Brakes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// What one prune of a set works with, whichever of its storages it goes through.
///
/// @param copies that the set declares
/// @param run in whose name volumes are changed
/// @param brakes what stops it until a person agrees
record PruneTerms(
    SetName set,
    List<CopyTarget> copies,
    SetState state,
    Catalog catalog,
    RunId run,
    Brakes brakes,
    Clock clock,
    StopSignal stop) {

  PruneTerms {
    copies = List.copyOf(copies);
  }

  /// In the set's own storage.
  ///
  /// @param lease of that storage; empty for a dry run
  PruneScope own(MediaStorage storage, Optional<Lease> lease, PruneScope.Rules rules) {
    var books = new PruneBooks.Own(set, catalog, storage, copies);
    return new PruneScope(this, storage, lease, rules, books, Optional.empty());
  }

  /// The set's copies in a further storage.
  ///
  /// @param lease of that storage; empty for a dry run
  PruneScope copies(MediaStorage further, Optional<Lease> lease, PruneScope.Rules rules) {
    var books = new PruneBooks.OfCopies(set, catalog, further);
    return new PruneScope(this, further, lease, rules, books, Optional.empty());
  }
}
