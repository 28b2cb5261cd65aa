package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.plan.CopyChoice;
import dev.holdfast.plan.CopyChoice.Candidate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// How far a further storage is behind the set's images, from the catalog.
///
/// @param copied images that are whole there
/// @param pending that are not, or are damaged there, the oldest first
/// @param late of the pending, those that should have been there by now
record CopyLag(long copied, List<Candidate> pending, List<Candidate> late) {

  CopyLag {
    pending = List.copyOf(pending);
    late = List.copyOf(late);
  }

  /// What had been there and has expired is not wanted again.
  ///
  /// @param images every image that exists
  static CopyLag of(Catalog catalog, CopyTarget copy, List<ImageRow> images, Instant now) {
    var there = catalog.copies().reached(copy.storage().name());
    var candidates = images.stream().map(row -> candidate(row, there)).toList();
    var choice = new CopyChoice(copy.terms().select(), copy.terms().within());
    long copied =
        catalog.copies().on(copy.storage().name()).stream()
            .filter(row -> row.isStored() && row.damagedAt().isEmpty())
            .count();
    return new CopyLag(copied, choice.pending(candidates), choice.late(candidates, now));
  }

  private static Candidate candidate(ImageRow row, Set<ImageId> there) {
    var planned = row.planned();
    return new Candidate(
        planned.image(),
        planned.source().source(),
        planned.level(),
        row.createdAt(),
        there.contains(planned.image()));
  }
}
