package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.HoldRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.LifeRow;
import dev.holdfast.catalog.RunRow;
import dev.holdfast.catalog.Verdict;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Project;
import dev.holdfast.plan.CopyChoice;
import dev.holdfast.plan.retention.AgingImage;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import dev.holdfast.plan.retention.Brakes;
import dev.holdfast.plan.retention.RetentionRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// From declarations and catalog to the plain values that retention is decided by.
///
/// @param copies that the set declares
/// @param doubts what media say against an image, by image
record RetentionInputs(
    Catalog catalog, String storage, List<CopyTarget> copies, Map<ImageId, String> doubts) {
  private static final int USUAL_DROP_PERCENT = 30;
  private static final Duration USUAL_JUMP = Duration.ofDays(45);

  /// Of the set's own storage, as the catalog alone knows it.
  static RetentionInputs of(Catalog catalog, BackupSet set) {
    return new RetentionInputs(catalog, set.storage().name(), set.copies(), Map.of());
  }

  /// Of the set's own storage. Without `policies.prune` no full need be verified.
  static RetentionRules rules(Project project, BackupSet set) {
    return new RetentionRules(
        set.media().retentionDays(),
        set.media().keep(),
        project.settings().timezone(),
        set.storage().archived(),
        verifiedFullFirst(project));
  }

  static boolean verifiedFullFirst(Project project) {
    return declared(project).filter(Project.PruneRules::requireVerifiedNewerFull).isPresent();
  }

  static Brakes brakes(Project project) {
    return new Brakes(
        declared(project).map(Project.PruneRules::maxDropPercent).orElse(USUAL_DROP_PERCENT),
        declared(project).map(Project.PruneRules::maxClockJump).orElse(USUAL_JUMP));
  }

  private static Optional<Project.PruneRules> declared(Project project) {
    return project.settings().policies().flatMap(Project.Policies::prune);
  }

  /// Every image of the set, newest first.
  List<AgingImage> images() {
    var holds =
        catalog.lifetimes().holds().stream()
            .collect(Collectors.toMap(HoldRow::label, Function.identity()));
    var elsewhere =
        catalog.inventory().volumes().stream()
            .filter(volume -> !volume.storage().equals(storage))
            .collect(Collectors.toMap(VolumeRow::label, VolumeRow::storage));
    var rows = catalog.lifetimes().list();
    var awaited = awaited(rows);
    return rows.stream()
        .map(
            row ->
                aging(
                    row,
                    awaited.getOrDefault(row.image(), List.of()),
                    Optional.ofNullable(doubts.get(row.image()))
                        .or(() -> hold(row, holds, elsewhere))))
        .toList();
  }

  /// By the same rule by which the next copy takes them.
  private Map<ImageId, List<String>> awaited(List<LifeRow> rows) {
    var awaited = new HashMap<ImageId, List<String>>();
    for (var copy : copies) {
      var name = copy.storage().name();
      var reached = catalog.copies().reached(name);
      var candidates =
          rows.stream()
              .filter(row -> row.state() != ImageState.PLANNED)
              .map(row -> candidate(row, reached))
              .toList();
      new CopyChoice(copy.terms().select(), copy.terms().within())
          .pending(candidates)
          .forEach(
              image -> awaited.computeIfAbsent(image.image(), _ -> new ArrayList<>()).add(name));
    }
    return awaited;
  }

  private static CopyChoice.Candidate candidate(LifeRow row, Set<ImageId> reached) {
    return new CopyChoice.Candidate(
        row.image(), row.source(), row.level(), row.at(), reached.contains(row.image()));
  }

  private static Optional<String> hold(
      LifeRow row, Map<Label, HoldRow> holds, Map<Label, String> elsewhere) {
    return row.volumes().stream()
        .flatMap(label -> held(label, holds))
        .findFirst()
        .or(() -> row.volumes().stream().flatMap(label -> away(label, elsewhere)).findFirst());
  }

  private static AgingImage aging(LifeRow row, List<String> awaited, Optional<String> hold) {
    return new AgingImage(
        row.image(),
        row.source(),
        row.level(),
        row.parent(),
        row.at(),
        row.bytes(),
        soundness(row),
        row.verifiedAt().isPresent() && row.damagedAt().isEmpty(),
        awaited,
        hold);
  }

  private static Stream<String> held(Label label, Map<Label, HoldRow> holds) {
    return Optional.ofNullable(holds.get(label)).stream().map(HoldRow::text);
  }

  private static Stream<String> away(Label label, Map<Label, String> elsewhere) {
    return Optional.ofNullable(elsewhere.get(label)).stream()
        .map(other -> "volume " + label + " lies in storage '" + other + "'");
  }

  private static Soundness soundness(LifeRow row) {
    if (row.state() != ImageState.STORED) {
      return Soundness.OPEN;
    }
    if (row.damagedAt().isPresent()) {
      return Soundness.DAMAGED;
    }
    return row.verdict() == Verdict.OK ? Soundness.GOOD : Soundness.PARTIAL;
  }

  /// What earlier runs tell of the time.
  static Brakes.Times times(Catalog catalog) {
    var agreement = catalog.lifetimes().agreement();
    return new Brakes.Times(
        Stream.concat(
                catalog.runs().list().stream().map(RunRow::startedAt),
                catalog.lifetimes().list().stream().map(LifeRow::at))
            .toList(),
        agreement.map(given -> given.at()),
        agreement.map(given -> given.newest()));
  }
}
