package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
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
import dev.holdfast.plan.retention.RetentionVerdict;
import dev.holdfast.report.PruneReport;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunEvent.Phase;
import dev.holdfast.report.RunEvents;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
      var terms = terms(request, reader.catalog(), new StopSignal());
      var scope = scope(request, terms, usable(terms, storage(request)), Optional.empty());
      return readable(request.set().name(), () -> new Pruning(scope).dryRun());
    }
  }

  /// Removes what has expired from one storage of the set.
  ///
  /// @throws HoldfastException as for a dry run, and LOCKED while a run holds the set, or the
  ///     storage
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
    var own = StorageUses.open(request.declarations(), request.set());
    Consumer<String> notes = text -> events.tell(new RunEvent.Note(text));
    try (var _ = lock.get();
        var catalog = stop.untilStopped(() -> Catalog.open(state.catalog(), PATIENCE));
        var lease = Lease.of(request.set().name(), state, own, notes)) {
      CrashPoint.LOCK_TAKEN.reached();
      catalog.serve();
      events.tell(new RunEvent.PhaseBegan(Phase.PRUNE));
      var terms = terms(request, catalog, stop);
      var storage = usable(terms, request.storage().isEmpty() ? own : storage(request));
      var wait = new Entry.Wait(request.lockWait(), stop);
      new Entry(request.set(), state, own, lease, wait, notes).lease(catalog);
      var report =
          request.storage().isEmpty()
              ? pruned(request, scope(request, terms, storage, Optional.of(lease)))
              : copiesPruned(request, terms, storage, notes);
      if (request.storage().isEmpty() && lease.check() instanceof Lease.Result.Granted) {
        tidied(request.set().name(), new Debris(request.set().name(), catalog, own)::remove, notes);
      }
      left(
          new Shelving(request.set().name(), own, lease, catalog),
          notes,
          report.span().finishedAt());
      return report;
    }
  }

  /// Each storage has a lease of its own: who holds the set's does not hold this one by it.
  private static PruneReport copiesPruned(
      PruneRequest request, PruneTerms terms, MediaStorage storage, Consumer<String> notes)
      throws IOException, InterruptedException {
    try (var lease = Lease.on(terms.set(), storage, notes)) {
      terms.stop().untilStopped(() -> lease.acquire(request.lockWait())).orEnd();
      var report = pruned(request, scope(request, terms, storage, Optional.of(lease)));
      var debris = new CopyRecovery(terms.set(), terms.catalog(), storage, request.clock());
      tidied(terms.set(), debris::removeDebris, notes);
      return report;
    }
  }

  /// What cut off writes left, where runs may not remove it.
  private static void tidied(SetName set, Tidying debris, Consumer<String> notes) {
    try {
      int removed = debris.remove();
      if (removed > 0) {
        notes.accept(Debris.text(removed));
      }
    } catch (IOException unreadable) {
      throw new HoldfastException(ExitCode.TEMPFAIL, unreadable(set, unreadable), unreadable);
    }
  }

  private static PruneReport pruned(PruneRequest request, PruneScope scope) {
    return readable(request.set().name(), () -> new Pruning(scope).run(request.approval()));
  }

  private static void left(Shelving shelving, Consumer<String> notes, Instant at) {
    try {
      if (!shelving.leave("a prune", at)) {
        notes.accept(
            "the set's own storage is away: a run with another state directory does not know of"
                + " this prune");
      }
    } catch (IOException failed) {
      notes.accept("no snapshot of the catalog was left on the storage: " + Reason.of(failed));
    }
  }

  /// The last step of a run: what stops it is told, and costs no backup anything.
  static void step(RunScope run) {
    var terms =
        new PruneTerms(
            run.set().name(),
            run.set().copies(),
            run.state(),
            run.catalog(),
            run.run(),
            RetentionInputs.brakes(run.request().declarations().project()),
            run.request().clock(),
            run.stop());
    var rules = rules(run.request().declarations().project(), run.set());
    try {
      var scope = terms.own(run.storage(), Optional.of(run.lease()), rules);
      run.outcomes().pruned(new Pruning(scope).run(Optional.empty()));
    } catch (IOException unreadable) {
      run.outcomes().storage(new StorageTrouble.Away(unreadable(run.set().name(), unreadable)));
    }
    run.set().copies().forEach(copy -> copies(run, terms, copy));
  }

  /// A further storage that is away, or that another run holds, keeps its copies until then.
  private static void copies(RunScope run, PruneTerms terms, CopyTarget copy) {
    var storage = run.declared().open(copy.storage());
    if (run.outcomes().copies().trouble(storage.name()).isPresent()
        || storage.check(run.knownLabels(storage.name())) instanceof CheckResult.Unreachable) {
      return;
    }
    var rules = rules(run.request().declarations().project(), run.set(), copy);
    Consumer<String> notes = text -> run.events().tell(new RunEvent.Note(text));
    try (var lease = Lease.on(terms.set(), storage, notes)) {
      var scope = terms.copies(storage, Optional.of(lease), rules);
      run.outcomes().copiesPruned(new Pruning(scope).run(Optional.empty()));
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
    var inputs = RetentionInputs.of(run.catalog(), run.set());
    var rules = RetentionInputs.rules(project, run.set());
    long expired =
        Retention.decide(inputs.images(), rules, Instant.now(run.request().clock()))
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

  private static PruneTerms terms(PruneRequest request, Catalog catalog, StopSignal stop) {
    return new PruneTerms(
        request.set().name(),
        request.set().copies(),
        SetState.of(request.declarations().state(), request.set().name()),
        catalog,
        run(request),
        RetentionInputs.brakes(request.declarations().project()),
        request.clock(),
        stop);
  }

  private static PruneScope scope(
      PruneRequest request, PruneTerms terms, MediaStorage storage, Optional<Lease> lease) {
    var project = request.declarations().project();
    return request
        .storage()
        .map(copy -> terms.copies(storage, lease, rules(project, request.set(), copy)))
        .orElseGet(() -> terms.own(storage, lease, rules(project, request.set())));
  }

  private static MediaStorage storage(PruneRequest request) {
    var declared = new DeclaredStorages(request.declarations(), request.set());
    return declared.open(
        request.storage().map(CopyTarget::storage).orElse(request.set().storage()));
  }

  private static PruneScope.Rules rules(Project project, BackupSet set) {
    return PruneScope.Rules.of(
        RetentionInputs.rules(project, set), PruneScope.Commands.prune(set.name()));
  }

  private static PruneScope.Rules rules(Project project, BackupSet set, CopyTarget copy) {
    return PruneScope.Rules.of(
        CopyInputs.rules(project, set, copy),
        PruneScope.Commands.copies(set.name(), copy.storage().name()));
  }

  private static RunId run(PruneRequest request) {
    return new Ids(request.clock(), new SecureRandom()).run();
  }

  /// A storage that is away is left alone; one that is full is just what is to be pruned.
  private static MediaStorage usable(PruneTerms terms, MediaStorage storage) {
    Set<Label> known = terms.catalog().inventory().labels(storage.name());
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

  /// Removes debris, and tells how much it was.
  private interface Tidying {
    int remove() throws IOException;
  }

  /// A prune that reads media.
  interface Work {
    PruneReport run() throws IOException;
  }
}
