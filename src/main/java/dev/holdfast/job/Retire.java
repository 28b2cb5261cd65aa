package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.RetirementRow;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Project;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.plan.retention.AgingImage;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import dev.holdfast.plan.retention.Brakes;
import dev.holdfast.plan.retention.KeepReason;
import dev.holdfast.plan.retention.KeepReason.Kind;
import dev.holdfast.plan.retention.RetentionVerdict;
import dev.holdfast.report.PruneReport;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Ends the life of a set that is declared no more: its images stay, or are pruned when the Project
/// says so and a person agreed to exactly these.
public final class Retire {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration ANY_JUMP = Duration.ofDays(365_000);

  private final Declarations declarations;
  private final SetName set;
  private final Clock clock;
  private final Duration lockWait;

  /// The end of one set.
  ///
  /// @param lockWait how long to wait for a run that still has the set
  public Retire(Declarations declarations, SetName set, Clock clock, Duration lockWait) {
    this.declarations = declarations;
    this.set = set;
    this.clock = clock;
    this.lockWait = lockWait;
  }

  /// Records that the set ended on purpose; every image stays.
  ///
  /// @throws HoldfastException NOT_FOUND when there is no such set, USAGE while it is declared
  public FormerSets.Former retain(String reason) throws IOException, InterruptedException {
    locked(
        catalog -> {
          catalog.lifetimes().retire(new RetirementRow(Instant.now(clock), false, reason));
          return reason;
        });
    return former();
  }

  /// Prunes every image of the set from each storage that has some.
  ///
  /// @param approval digest of what a person agreed to, or how it begins; empty = show it
  /// @throws HoldfastException also POLICY when the Project does not declare the purge, or not yet
  public List<PruneReport> purge(Optional<String> approval, StopSignal stop)
      throws IOException, InterruptedException {
    var declared = new FormerSets(declarations).declared(set);
    checkPurge(declared);
    return locked(
        catalog -> {
          var reports = new ArrayList<PruneReport>();
          for (var storage : storages(catalog)) {
            reports.add(purged(catalog, storage, approval, stop));
          }
          if (approval.isPresent() && reports.stream().allMatch(r -> r.exit() == ExitCode.OK)) {
            var reason = declared.flatMap(Project.Retire::reason).orElse("");
            catalog.lifetimes().retire(new RetirementRow(Instant.now(clock), true, reason));
          }
          return reports;
        });
  }

  private PruneReport purged(
      Catalog catalog, Storage storage, Optional<String> approval, StopSignal stop)
      throws IOException {
    var media = StorageUses.open(declarations, storage);
    if (approval.isEmpty()) {
      var looking = new Pruning(scope(new Purged(catalog, storage, media), Optional.empty(), stop));
      return Prune.readable(set, looking::dryRun);
    }
    var notes = new ArrayList<String>();
    try (var lease = Lease.on(set, media, notes::add)) {
      var purging =
          new Pruning(scope(new Purged(catalog, storage, media), Optional.of(lease), stop));
      return Prune.readable(set, () -> purging.run(approval));
    }
  }

  /// A storage of which images go, and the catalog that knows of them.
  private record Purged(Catalog catalog, Storage storage, MediaStorage media) {}

  private PruneScope scope(Purged purged, Optional<Lease> lease, StopSignal stop) {
    var typed = "retire " + set + " --data purge";
    var terms =
        new PruneTerms(
            set,
            SetState.of(declarations.state(), set),
            purged.catalog(),
            new Ids(clock, new SecureRandom()).run(),
            // a purge is always agreed to, and by no clock
            new Brakes(0, ANY_JUMP),
            clock,
            stop);
    return terms.own(
        purged.media(),
        lease,
        new PruneScope.Rules(
            (images, _) -> verdicts(images, purged.storage()),
            new PruneScope.Commands(typed, typed)));
  }

  private Map<ImageId, RetentionVerdict> verdicts(List<AgingImage> images, Storage storage) {
    var verdicts = new LinkedHashMap<ImageId, RetentionVerdict>();
    for (var image : images) {
      var kept = new ArrayList<KeepReason>();
      if (storage.archived()) {
        kept.add(new KeepReason(Kind.ARCHIVED, "its storage is archived"));
      }
      image.hold().ifPresent(why -> kept.add(new KeepReason(Kind.HELD, why)));
      if (image.soundness() == Soundness.OPEN) {
        kept.add(new KeepReason(Kind.OPEN, "not yet whole in this storage"));
      }
      verdicts.put(
          image.image(),
          kept.isEmpty()
              ? new RetentionVerdict.Expire("set " + set + " is retired")
              : new RetentionVerdict.Keep(kept));
    }
    return verdicts;
  }

  private List<Storage> storages(Catalog catalog) {
    var homes =
        catalog.inventory().volumes().stream()
            .collect(Collectors.toMap(VolumeRow::label, VolumeRow::storage));
    return catalog.lifetimes().list().stream()
        .flatMap(row -> row.volumes().stream())
        .flatMap(label -> Optional.ofNullable(homes.get(label)).stream())
        .distinct()
        .map(this::storage)
        .toList();
  }

  private Storage storage(String name) {
    return Optional.ofNullable(declarations.storages().get(name))
        .orElseThrow(
            () ->
                new HoldfastException(
                    ExitCode.NOT_FOUND,
                    new Problem(
                        "set " + set,
                        "has volumes in storage '" + name + "', which is declared no more",
                        "declare the storage again in storage/ until the purge is done")));
  }

  private void checkPurge(Optional<Project.Retire> declared) {
    if (declared.filter(retire -> retire.data() == Project.Data.PURGE).isEmpty()) {
      throw policy(
          "the Project does not say that its images may go; nothing was pruned",
          "commit this to jobs/project.yaml, where others can see it: retire: [ { set: "
              + set
              + ", data: purge, reason: \"..\" } ]");
    }
    var day = declared.flatMap(Project.Retire::purgeNotBefore);
    var today =
        LocalDate.ofInstant(Instant.now(clock), declarations.project().settings().timezone());
    if (day.filter(today::isBefore).isPresent()) {
      throw policy(
          "its images may not go before " + day.get() + "; nothing was pruned",
          "wait for that day, or change purgeNotBefore in the Project");
    }
  }

  private HoldfastException policy(String fact, String hint) {
    return new HoldfastException(ExitCode.POLICY, new Problem("set " + set, fact, hint));
  }

  private FormerSets.Former former() throws IOException, InterruptedException {
    return new FormerSets(declarations)
        .list().stream()
            .filter(former -> former.set().equals(set))
            .findFirst()
            .orElseGet(
                () ->
                    new FormerSets.Former(
                        set, List.of(), 0, 0, Optional.empty(), Optional.empty()));
  }

  private <T> T locked(Work<T> work) throws IOException, InterruptedException {
    var declared = declarations.set(set.value());
    if (declared.isPresent()) {
      throw new HoldfastException(
          ExitCode.USAGE,
          new Problem(
              declared.get().about().place().toString(),
              "set " + set + " is declared; only a set that is declared no more is retired",
              "take it out of backupsets/ first; its data stays until you say otherwise"));
    }
    var state = SetState.of(declarations.state(), set);
    SetReader.requireCatalog(state, set);
    var holder = "process " + ProcessHandle.current().pid();
    var lock = OsLock.acquire(state.runLock(), holder, lockWait);
    if (lock.isEmpty()) {
      throw Backup.lockedBy(set, OsLock.holder(state.runLock()));
    }
    try (var _ = lock.get();
        var catalog = Catalog.open(state.catalog(), PATIENCE)) {
      return work.on(catalog);
    }
  }

  private interface Work<T> {
    T on(Catalog catalog) throws IOException, InterruptedException;
  }
}
