package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.CopyRow;
import dev.holdfast.catalog.CopyState;
import dev.holdfast.catalog.HoldRow;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.Verdict;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Project;
import dev.holdfast.plan.retention.AgingImage;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import dev.holdfast.plan.retention.RetentionRules;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// From declarations and catalog to the plain values that the retention of copies is decided by.
///
/// @param storage the further storage
/// @param doubts what media say against a copy, by image
record CopyInputs(Catalog catalog, String storage, Map<ImageId, String> doubts) {

  /// A copy stays as its declaration says, else as the set's own images. Where a verified newer
  /// full is asked for it is asked for there: what another storage has may be away when it is
  /// needed.
  static RetentionRules rules(Project project, BackupSet set, CopyTarget copy) {
    var terms = copy.terms();
    boolean ownTerms = terms.retentionDays().isPresent() || terms.keep().isPresent();
    return new RetentionRules(
        terms.retentionDays().orElse(set.media().retentionDays()),
        ownTerms ? terms.keep() : set.media().keep(),
        project.settings().timezone(),
        copy.storage().archived(),
        RetentionInputs.verifiedFullFirst(project));
  }

  /// Every image of which a copy is there, newest first.
  List<AgingImage> images() {
    var there =
        catalog.copies().on(storage).stream()
            .filter(copy -> copy.state() == CopyState.STORED || copy.state() == CopyState.WRITING)
            .collect(Collectors.toMap(CopyRow::image, Function.identity()));
    return catalog.images().list().stream()
        .filter(row -> there.containsKey(row.planned().image()))
        .map(row -> aging(row, Objects.requireNonNull(there.get(row.planned().image()))))
        .toList();
  }

  private AgingImage aging(ImageRow row, CopyRow copy) {
    var planned = row.planned();
    return new AgingImage(
        planned.image(),
        planned.source().source(),
        planned.level(),
        planned.parent(),
        row.createdAt(),
        copy.manifest().stream()
            .flatMap(manifest -> manifest.files().stream())
            .mapToLong(entry -> entry.file().length())
            .sum(),
        soundness(row, copy),
        copy.verifiedAt().isPresent() && copy.damagedAt().isEmpty(),
        List.of(),
        hold(copy));
  }

  private static Soundness soundness(ImageRow row, CopyRow copy) {
    if (!copy.isStored()) {
      return Soundness.OPEN;
    }
    if (copy.damagedAt().isPresent()) {
      return Soundness.DAMAGED;
    }
    return row.verdict() == Verdict.OK ? Soundness.GOOD : Soundness.PARTIAL;
  }

  private Optional<String> hold(CopyRow copy) {
    var labels = copy.manifest().map(Writing::labels).orElse(List.of());
    return Optional.ofNullable(doubts.get(copy.image()))
        .or(
            () ->
                catalog.lifetimes().holds().stream()
                    .filter(hold -> labels.contains(hold.label()))
                    .map(HoldRow::text)
                    .findFirst());
  }
}
