package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.OsLock;
import dev.holdfast.job.Outcomes.StorageTrouble;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Project;
import dev.holdfast.plan.retention.Retention;
import dev.holdfast.plan.retention.RetentionRules;
import dev.holdfast.plan.retention.RetentionVerdict;
import dev.holdfast.report.PruneReport;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunEvent.Phase;
import dev.holdfast.report.RunEvents;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Conducts a prune: of one set by command, or as the last step of a good run.
public final class Prune {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Prune() {}

  /// Says what would go and why, changes nothing. Works while a run works.
  ///
  /// @throws HoldfastException NOT_FOUND when the set has no catalog, TEMPFAIL when a volume cannot
  ///     be read
  public static PruneReport dryRun(PruneRequest request) throws IOException, InterruptedException {
    try (var reader = SetReader.open(request.declarations(), request.set())) {
      var storage = usable(reader.catalog(), reader.sources().storage());
      var under = new Under(Optional.empty(), new StopSignal());
      var scope = scope(request, reader.catalog(), storage, under);
      return readable(request.set().name(), () -> new Pruning(scope).dryRun());
    }
  }

  /// Removes what has expired from the set's storage.
  ///
  /// @throws HoldfastException as for a dry run, and LOCKED while a run holds the set
  public static PruneReport run(PruneRequest request, RunEvents events, StopSignal stop)
      throws IOException, InterruptedException {
    Backup.refuseUnknownCrashPoint();
    var state = SetState.of(request.declarations().state(), request.set().name());
    SetReader.requireCatalog(state, request.set().name());
    var holder = "process " + ProcessHandle.current().pid();
    var lock = stop.untilStopped(() -> OsLock.acquire(state.runLock(), holder, request.lockWait()));
    if (lock.isEmpty()) {
      throw Backup.lockedBy(request.set().name(), OsLock.holder(state.runLock()));
    }
    var storage = StorageUses.open(request.declarations(), request.set());
    Consumer<String> notes = text -> events.tell(new RunEvent.Note(text));
    try (var _ = lock.get();
        var catalog = stop.untilStopped(() -> Catalog.open(state.catalog(), PATIENCE));
        var lease = Lease.of(request.set().name(), state, storage, notes)) {
      CrashPoint.LOCK_TAKEN.reached();
      catalog.serve();
      events.tell(new RunEvent.PhaseBegan(Phase.PRUNE));
      usable(catalog, storage);
      var wait = new Entry.Wait(request.lockWait(), stop);
      new Entry(request.set(), state, storage, lease, wait, notes).lease(catalog);
      var scope = scope(request, catalog, storage, new Under(Optional.of(lease), stop));
      var report = readable(request.set().name(), () -> new Pruning(scope).run(request.approval()));
      left(new Shelving(request.set(), storage, lease, catalog), notes, report.span().finishedAt());
      return report;
    }
  }

  private static void left(Shelving shelving, Consumer<String> notes, Instant at) {
    try {
      shelving.leave("a prune", at);
    } catch (IOException failed) {
      notes.accept("no snapshot of the catalog was left on the storage: " + Reason.of(failed));
    }
  }

  /// What may end a prune before its end.
  private record Under(Optional<Lease> lease, StopSignal stop) {}

  /// The last step of a run: what stops it is told, and costs no backup anything.
  static void step(RunScope run) {
    var project = run.request().declarations().project();
    var scope =
        new PruneScope(
            run.set().name(),
            run.state(),
            run.catalog(),
            run.storage(),
            Optional.of(run.lease()),
            run.run(),
            judge(project, run.set()),
            RetentionInputs.brakes(project),
            PruneScope.Commands.prune(run.set().name()),
            run.request().clock(),
            run.stop());
    try {
      run.outcomes().pruned(new Pruning(scope).run(Optional.empty()));
    } catch (IOException unreadable) {
      run.outcomes().storage(new StorageTrouble.Away(unreadable(run.set().name(), unreadable)));
    }
    run.set().copies().forEach(copy -> copies(run, scope, copy));
  }

  /// A further storage that is away keeps its copies until it is back.
  private static void copies(RunScope run, PruneScope own, CopyTarget copy) {
    var storage = run.declared().open(copy.storage());
    if (run.outcomes().copies().trouble(storage.name()).isPresent()
        || storage.check(run.knownLabels(storage.name())) instanceof CheckResult.Unreachable) {
      return;
    }
    var project = run.request().declarations().project();
    try {
      var scope =
          own.ofCopies(
              storage,
              judge(CopyInputs.rules(project, run.set(), copy)),
              PruneScope.Commands.copies(run.set().name(), storage.name()));
      run.outcomes().pruned(new Pruning(scope).run(Optional.empty()));
    } catch (IOException unreadable) {
      run.outcomes()
          .copies()
          .trouble(
              storage.name(), new StorageTrouble.Away(unreadable(run.set().name(), unreadable)));
    }
  }

  /// What a run says that did not come to its prune; empty when nothing has expired.
  static Optional<String> leftOut(RunScope run) {
    var project = run.request().declarations().project();
    var inputs = new RetentionInputs(run.catalog(), run.storage().name(), Map.of());
    long expired =
        judge(project, run.set())
            .judge(inputs.images(), Instant.now(run.request().clock()))
            .values()
            .stream()
            .filter(RetentionVerdict::expires)
            .count();
    return expired == 0
        ? Optional.empty()
        : Optional.of(
            "nothing was pruned, because not everything was dumped and written: "
                + (expired == 1 ? "1 image has expired" : expired + " images have expired"));
  }

  private static PruneScope scope(
      PruneRequest request, Catalog catalog, MediaStorage storage, Under under) {
    var project = request.declarations().project();
    var scope =
        new PruneScope(
            request.set().name(),
            SetState.of(request.declarations().state(), request.set().name()),
            catalog,
            storage,
            under.lease(),
            run(request),
            judge(project, request.set()),
            RetentionInputs.brakes(project),
            PruneScope.Commands.prune(request.set().name()),
            request.clock(),
            under.stop());
    return request.storage().map(copy -> ofCopies(request, scope, copy)).orElse(scope);
  }

  private static PruneScope ofCopies(PruneRequest request, PruneScope own, CopyTarget copy) {
    var declared = new DeclaredStorages(request.declarations(), request.set());
    var further = usable(own.catalog(), declared.open(copy.storage()));
    var rules = CopyInputs.rules(request.declarations().project(), request.set(), copy);
    return own.ofCopies(
        further, judge(rules), PruneScope.Commands.copies(request.set().name(), further.name()));
  }

  private static PruneScope.Judge judge(Project project, BackupSet set) {
    return judge(RetentionInputs.rules(project, set));
  }

  private static PruneScope.Judge judge(RetentionRules rules) {
    return (images, now) -> Retention.decide(images, rules, now);
  }

  private static RunId run(PruneRequest request) {
    return new Ids(request.clock(), new SecureRandom()).run();
  }

  /// A storage that is away is left alone; one that is full is just what is to be pruned.
  private static MediaStorage usable(Catalog catalog, MediaStorage storage) {
    Set<Label> known =
        catalog.inventory().volumes().stream()
            .filter(volume -> volume.storage().equals(storage.name()))
            .map(VolumeRow::label)
            .collect(Collectors.toSet());
    if (storage.check(known) instanceof CheckResult.Unreachable(var problem)) {
      throw new HoldfastException(ExitCode.TEMPFAIL, problem);
    }
    return storage;
  }

  static PruneReport readable(SetName set, Work work) {
    try {
      return work.run();
    } catch (IOException unreadable) {
      throw new HoldfastException(ExitCode.TEMPFAIL, unreadable(set, unreadable), unreadable);
    }
  }

  private static Problem unreadable(SetName set, IOException why) {
    return new Problem(
        "set " + set,
        "media could not be read, so nothing more was pruned: " + Reason.of(why),
        "see that the storage is mounted and whole, then 'holdfast prune " + set + "'");
  }

  /// A prune that reads media.
  interface Work {
    PruneReport run() throws IOException;
  }
}
