package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.job.Outcomes.StorageTrouble;
import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.plan.CopyChoice;
import dev.holdfast.report.CopyReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells how the further storages of a set stand.
final class CopyReports {
  private CopyReports() {}

  /// After a run.
  ///
  /// @param only names of storages; empty = all
  static List<CopyReport> of(RunScope scope, Set<String> only) {
    var images = scope.catalog().images().list().stream().filter(ImageRow::exists).toList();
    return scope.set().copies().stream()
        .filter(copy -> only.isEmpty() || only.contains(copy.storage().name()))
        .map(copy -> of(scope, copy, images))
        .toList();
  }

  private static CopyReport of(RunScope scope, CopyTarget copy, List<ImageRow> images) {
    var outcomes = scope.outcomes().copies();
    var name = copy.storage().name();
    var lag = CopyLag.of(scope.catalog(), copy, images, Instant.now(scope.request().clock()));
    return of(copy, lag, outcomes.done(name), outcomes.trouble(name).map(StorageTrouble::problem));
  }

  /// Between runs.
  static List<CopyReport> standing(
      Catalog catalog, BackupSet set, List<ImageRow> images, Instant now) {
    return set.copies().stream()
        .map(
            copy ->
                of(
                    copy,
                    CopyLag.of(catalog, copy, images, now),
                    CopyOutcomes.Done.NOTHING,
                    Optional.empty()))
        .toList();
  }

  private static CopyReport of(
      CopyTarget copy, CopyLag lag, CopyOutcomes.Done done, Optional<Problem> problem) {
    return new CopyReport(
        copy.storage().name(),
        copy.storage().site(),
        done.images(),
        done.bytes(),
        lag.copied(),
        lag.pending().size(),
        lag.pending().stream().map(CopyChoice.Candidate::at).findFirst(),
        lag.late().size(),
        problem);
  }
}
