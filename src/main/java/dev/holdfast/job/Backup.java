package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.RunRow;
import dev.holdfast.image.FrameWorkers;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.CheckResult;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Job;
import dev.holdfast.model.declared.Staging;
import dev.holdfast.model.declared.StagingUse.AutoFlush;
import dev.holdfast.model.declared.Steps;
import dev.holdfast.report.CopyReport;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunEvents;
import dev.holdfast.report.RunReport;
import dev.holdfast.report.Span;
import dev.holdfast.staging.SharedRoom;
import dev.holdfast.staging.StagingArea;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// Conducts one run of one set, from the lock to the report. A run that did not end is continued
/// while its plan is young and nothing it depends on has changed; else what it staged is written
/// and a new one starts.
public final class Backup {
  private static final Duration OLDEST_PLAN = Duration.ofHours(12);

  /// A run that keeps windows was perhaps stopped by one, and goes on in the next.
  private static final Duration OLDEST_IN_WINDOWS = Duration.ofDays(7);

  private static final Duration READERS_PATIENCE = Duration.ofSeconds(30);

  private final RunRequest request;
  private final RunEvents events;
  private final StopSignal stop;
  private final Set<String> copyTo;
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  private Backup(RunRequest request, RunEvents events, StopSignal stop) {
    this(request, events, stop, Set.of());
  }

  private Backup(RunRequest request, RunEvents events, StopSignal stop, Set<String> copyTo) {
    this.request = request;
    this.events = events;
    this.stop = stop;
    this.copyTo = Set.copyOf(copyTo);
  }

  /// Runs the set once.
  ///
  /// @throws HoldfastException CONFIG when the set needs what is not available yet, LOCKED when
  ///     another run holds it, DAMAGED when its catalog cannot be read
  public static RunReport run(RunRequest request, RunEvents events, StopSignal stop)
      throws IOException, InterruptedException {
    return new Backup(request, events, stop).locked(RunKind.RUN);
  }

  /// Writes what waits in staging, and dumps nothing.
  public static RunReport flush(RunRequest request, RunEvents events, StopSignal stop)
      throws IOException, InterruptedException {
    return new Backup(request, events, stop).locked(RunKind.FLUSH);
  }

  /// Copies to further storages what they lack, and dumps nothing.
  ///
  /// @param to names of the storages; empty = all that the set copies to
  public static RunReport copy(
      RunRequest request, Set<String> to, RunEvents events, StopSignal stop)
      throws IOException, InterruptedException {
    return new Backup(request, events, stop, to).locked(RunKind.COPY);
  }

  private RunReport locked(RunKind kind) throws IOException, InterruptedException {
    refuseUnknownCrashPoint();
    refuseWhatIsNotAvailable();
    try (var _ = WindowWatch.over(request.window(), request.clock(), stop)) {
      return inWindow(kind);
    }
  }

  private RunReport inWindow(RunKind kind) throws IOException, InterruptedException {
    StorageUses.refuseUnresolved(request.declarations(), request.set().storage());
    var state = SetState.of(request.declarations().state(), request.set().name()).create();
    var holder = "process " + ProcessHandle.current().pid();
    var lock = stop.untilStopped(() -> OsLock.acquire(state.runLock(), holder, request.lockWait()));
    if (lock.isEmpty()) {
      throw lockedBy(request.set().name(), OsLock.holder(state.runLock()));
    }
    var storage = StorageUses.open(request.declarations(), request.set());
    try (var _ = lock.get();
        var room = sharedRoom();
        var lease = Lease.of(request.set().name(), state, storage, this::note)) {
      var entry =
          new Entry(
              request.set(),
              state,
              storage,
              lease,
              new Entry.Wait(request.lockWait(), stop),
              this::note);
      entry.refill(Snapshots.of(request.declarations(), request.set(), storage, this::note));
      return entered(kind, entry, room);
    }
  }

  private RunReport entered(RunKind kind, Entry entry, SharedRoom room)
      throws IOException, InterruptedException {
    var files = entry.state().catalog();
    try (var catalog = stop.untilStopped(() -> Catalog.open(files, READERS_PATIENCE));
        var workers = new FrameWorkers()) {
      CrashPoint.LOCK_TAKEN.reached();
      Settled.check(catalog, request.set());
      entry.lease(catalog);
      catalog.serve();
      return conduct(kind, new Opened(entry, room, catalog, workers));
    }
  }

  /// What a run opens and closes with its lock.
  private record Opened(Entry entry, SharedRoom room, Catalog catalog, FrameWorkers workers) {}

  /// The books of the Staging, kept beside the sets, for all of them that use it.
  private SharedRoom sharedRoom() throws IOException, InterruptedException {
    var name = request.set().staging().map(Staging::name).orElse(request.set().name().value());
    var folder = request.declarations().state().resolve("rooms").resolve(name);
    return SharedRoom.join(folder, request.set().name().value());
  }

  private RunReport conduct(RunKind kind, Opened opened) throws IOException, InterruptedException {
    var catalog = opened.catalog();
    var ids = new Ids(request.clock(), new SecureRandom());
    var unfinished = kind.dumps() ? unfinished(catalog) : Optional.<RunRow>empty();
    var run = unfinished.map(RunRow::id).orElseGet(ids::run);
    var startedAt = now();
    if (unfinished.isEmpty()) {
      catalog.runs().begin(row(run, startedAt, kind));
    } else {
      catalog.runs().reopen(run);
    }
    var leftOut = request.steps().leftOut();
    if (!leftOut.isEmpty()) {
      note("left out by the steps of the job: " + String.join(", ", Steps.spelled(leftOut)));
    }
    events.tell(new RunEvent.RunBegan(run, request.set().name(), unfinished.isPresent()));
    var scope = scope(run, opened);
    scope.lease().run(run);
    if (kind == RunKind.FLUSH) {
      scope.signals().wantRoom();
    }
    var actions = new RunActions(scope, ids, backlog(kind), copyTo);
    new BatchRun(scope, actions).execute(unfinished.isPresent(), kind);
    CrashPoint.BATCH_FINISHED.reached();
    boolean prunes = kind.dumps() && request.only().isEmpty() && request.does(Job.Step.PRUNE);
    if (prunes && scope.outcomes().pruned().isEmpty()) {
      Prune.leftOut(scope).ifPresent(this::note);
    }
    boolean copied = kind != RunKind.FLUSH && request.does(Job.Step.COPY);
    var copies = copied ? CopyReports.of(scope, copyTo) : List.<CopyReport>of();
    var ends = new Ends(kind, scope, stop, copies);
    catalog.runs().finish(run, ends.own(), now());
    if (request.does(Job.Step.CATALOG_BACKUP)) {
      var at = now();
      snapshot(scope, at);
      snapshotBesideCopies(kind, scope, at);
    }
    return Reports.run(
        scope,
        kind.dumps() ? scope.sources() : List.of(),
        new Reports.End(
            ends.exit(), new Span(startedAt, now()), unfinished.isPresent(), List.copyOf(notes)),
        copies);
  }

  /// For the day on which the set's own storage is lost; of the same time, because they tell the
  /// same. A storage that is away, or that another run is writing to, gets the next one.
  private void snapshotBesideCopies(RunKind kind, RunScope scope, Instant at) {
    if (kind == RunKind.FLUSH) {
      return;
    }
    for (var name : scope.set().copies().stream().map(copy -> copy.storage().name()).toList()) {
      if (!stop.stopped() && scope.outcomes().copies().trouble(name).isEmpty()) {
        snapshotBeside(name, scope, at);
      }
    }
  }

  /// Everything else is done by now: a signal that comes here takes nothing from the report.
  private void snapshotBeside(String name, RunScope scope, Instant at) {
    var known = scope.knownLabels(name);
    var storage = scope.declared().open(name).orElseThrow();
    try (var lease = Lease.on(scope.set().name(), storage, this::note)) {
      if (!known.isEmpty()
          && storage.check(known) instanceof CheckResult.Usable
          && stop.untilStopped(() -> lease.acquire(Duration.ZERO))
              instanceof Lease.Result.Granted) {
        new Shelving(scope.set().name(), storage, lease, scope.catalog())
            .leave("run " + scope.run(), at);
      }
    } catch (IOException | HoldfastException | InterruptedException failed) {
      unshelved(scope, name, failed);
    }
  }

  private void snapshot(RunScope scope, Instant at) {
    try {
      new Shelving(scope.set().name(), scope.storage(), scope.lease(), scope.catalog())
          .leave("run " + scope.run(), at);
    } catch (IOException failed) {
      unshelved(scope, scope.storage().name(), failed);
    }
  }

  private static void unshelved(RunScope scope, String storage, Exception failed) {
    scope
        .outcomes()
        .problem(
            new Problem(
                "storage '" + storage + "'",
                "the snapshot of the catalog could not be left there: " + Reason.of(failed),
                "images are not touched; the next run writes it, and until then a new state"
                    + " directory reads the volumes instead"));
  }

  private AutoFlush backlog(RunKind kind) {
    return switch (kind) {
      case RUN ->
          request.does(Job.Step.FLUSH) ? request.set().stagingUse().autoFlush() : AutoFlush.OFF;
      case FLUSH -> AutoFlush.BOTH;
      case COPY -> AutoFlush.OFF;
    };
  }

  private Optional<RunRow> unfinished(Catalog catalog) {
    var last =
        catalog.runs().list().stream()
            .filter(run -> run.options().startsWith(RunKind.RUN + " "))
            .findFirst()
            .filter(Backup::mayContinue);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    var run = last.get();
    var obstacle =
        BatchRun.knows(catalog.dataSource(), run.id())
            ? obstacle(request, run, now())
            : Optional.of("how far it came is not known here");
    if (obstacle.isEmpty()) {
      note("run " + run.id() + " did not end; resuming it with the same plan");
      return last;
    }
    catalog.images().abandon(run.id());
    catalog.runs().finish(run.id(), ExitCode.TEMPFAIL, now());
    note("run " + run.id() + " did not end and is given up: " + obstacle.get());
    return Optional.empty();
  }

  /// It never said how it ended, or it said that to run again continues it.
  static boolean mayContinue(RunRow run) {
    return run.exit().isEmpty()
        || run.exit().getAsInt() == ExitCode.TEMPFAIL.code()
        || run.exit().getAsInt() == ExitCode.STORAGE.code()
        || run.exit().getAsInt() == ExitCode.TERMINATED.code();
  }

  /// Why a run that may be continued cannot be; empty when it can.
  static Optional<String> obstacle(RunRequest request, RunRow run, Instant now) {
    if (request.fresh()) {
      return Optional.of("--fresh was given");
    }
    if (!run.fingerprint().equals(Planning.fingerprint(request))) {
      return Optional.of("the configuration or the options have changed");
    }
    var oldest = request.window().isPresent() ? OLDEST_IN_WINDOWS : OLDEST_PLAN;
    return run.startedAt().plus(oldest).isBefore(now)
        ? Optional.of("its plan is more than " + oldest.toHours() + " hours old")
        : Optional.empty();
  }

  private RunScope scope(RunId run, Opened opened) throws IOException {
    var declared = request.set().staging();
    return new RunScope(
        request,
        run,
        opened.entry().state(),
        opened.catalog(),
        declared.isPresent()
            ? Optional.of(StagingArea.open(declared.get(), opened.room()))
            : Optional.empty(),
        opened.entry().storage(),
        opened.entry().lease(),
        new Sidecars(opened.entry().state().sidecars()),
        opened.workers(),
        events,
        stop,
        new Outcomes(),
        new MoveSignals());
  }

  private RunRow row(RunId run, Instant at, RunKind kind) {
    return new RunRow(
        run,
        at,
        Optional.empty(),
        OptionalInt.empty(),
        Planning.fingerprint(request),
        kind + " " + request.level() + " " + request.only(),
        request.declarations().commit());
  }

  /// True for a run of all sources: one of some, or a flush, leaves the set's next start due.
  static boolean isWhole(RunRow run) {
    return run.options().startsWith(RunKind.RUN + " ") && run.options().endsWith(" " + List.of());
  }

  static void refuseUnknownCrashPoint() {
    CrashPoint.objection()
        .ifPresent(
            objection -> {
              throw new HoldfastException(
                  ExitCode.USAGE,
                  new Problem(
                      "HOLDFAST_CRASH_AT",
                      objection,
                      "unset it: it is for tests of what a crash leaves behind"));
            });
  }

  private void refuseWhatIsNotAvailable() {
    var problems = new ArrayList<>(request.declarations().project().unavailable());
    problems.addAll(request.set().unavailable());
    if (request.set().staging().isEmpty() && !request.does(Job.Step.WRITE)) {
      problems.add(
          new Problem(
              "set " + request.set().name(),
              "stages nothing, and the steps of its job leave out write: a dump would be nowhere",
              "give it staging, or name the step write"));
    }
    if (!problems.isEmpty()) {
      throw new HoldfastException(
          ExitCode.CONFIG,
          new Problem(
              "",
              problems.stream().map(Problem::text).collect(Collectors.joining("\n")),
              "set " + request.set().name() + " cannot run with this; nothing was backed up"));
    }
  }

  static HoldfastException lockedBy(SetName set, String holder) {
    return new HoldfastException(
        ExitCode.LOCKED,
        new Problem(
            "set " + set,
            "another run holds it: " + holder,
            "wait for it, give --lock-wait, or look with 'holdfast status'"));
  }

  private void note(String text) {
    notes.add(text);
    events.tell(new RunEvent.Note(text));
  }

  private Instant now() {
    return Instant.now(request.clock()).truncatedTo(ChronoUnit.MILLIS);
  }
}
