package dev.holdfast.job;

import dev.holdfast.catalog.SourceResultRow;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.job.Dumping.Ended;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.How;
import dev.holdfast.model.declared.Job;
import dev.holdfast.model.declared.StagingUse.AutoFlush;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunEvent.Phase;
import dev.holdfast.report.SourceReport.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the steps of a run of one set do.
final class RunActions implements StepActions {
  private final RunScope scope;
  private final Planning planning;
  private final Writing writing;
  private final Driver driver;
  private final Dumping dumping;
  private final Set<String> copyTo;

  /// @param backlog when images of earlier runs are written
  /// @param copyTo the further storages that get copies; empty = all that the set names
  RunActions(RunScope scope, Ids ids, AutoFlush backlog, Set<String> copyTo) {
    var commit = new Commit(scope);
    this.scope = scope;
    this.planning = new Planning(scope, ids);
    this.writing = new Writing(scope, commit, backlog);
    this.driver = new Driver(scope, writing);
    this.dumping = new Dumping(scope, driver, commit);
    this.copyTo = Set.copyOf(copyTo);
  }

  @Override
  public void prepare() throws Exception {
    phase(Phase.PREPARE, () -> new Recovery(scope).run());
  }

  @Override
  public void estimate() throws Exception {
    phase(Phase.ESTIMATE, planning::estimate);
  }

  @Override
  public void plan() throws Exception {
    phase(
        Phase.PLAN,
        () ->
            planning.plan(
                left -> ended(left.source(), left.verdict(), left.problem(), Duration.ZERO)));
  }

  @Override
  public List<ImageId> dumps() {
    return scope.catalog().images().planned(scope.run()).stream()
        .map(row -> row.planned().image())
        .toList();
  }

  @Override
  public void dumpsBegin(Set<ImageId> images) {
    driver.expect(
        scope.catalog().images().planned(scope.run()).stream()
            .filter(row -> images.contains(row.planned().image()))
            .toList());
  }

  @Override
  public Optional<ImageId> nextDump(int dumper) throws IOException, InterruptedException {
    return driver.next(dumper);
  }

  @Override
  public void dump(ImageId image) throws Exception {
    var turn = driver.turn(image);
    if (turn.isPresent()) {
      scope.stop().interruptibly(() -> dump(turn.get()));
    }
  }

  @Override
  public void dumpEnded(ImageId image) {
    driver.ended(image);
  }

  @Override
  public void dumpsEnded() {
    scope.signals().dumpsEnded();
  }

  /// A writer that left images behind did not complete, or a restart would not start it again.
  @Override
  public void write(long writer) throws Exception {
    writing.writeAll();
    var trouble = scope.outcomes().storageTrouble();
    if (trouble.isPresent()) {
      throw new ToldException(trouble.get().problem());
    }
  }

  @Override
  public void writesEnded() {
    scope.signals().writersGone();
  }

  @Override
  public List<String> copies() {
    if (!scope.request().does(Job.Step.COPY)) {
      return List.of();
    }
    return scope.set().copies().stream()
        .map(copy -> copy.storage().name())
        .filter(name -> copyTo.isEmpty() || copyTo.contains(name))
        .toList();
  }

  @Override
  public void copy(String storage) throws InterruptedException {
    scope.outcomes().copies().begin();
    new Copying(scope, scope.set().copyTo(storage).orElseThrow()).copyAll();
  }

  @Override
  public void prune() throws Exception {
    boolean wanted = scope.request().does(Job.Step.PRUNE) && scope.request().only().isEmpty();
    if (wanted && isGood()) {
      phase(Phase.PRUNE, () -> Prune.step(scope));
    }
  }

  @Override
  public void report() throws Exception {
    phase(
        Phase.REPORT,
        () -> {
          removeWhatWasSentForNothing();
          CrashPoint.REPORT_WRITTEN.reached();
        });
  }

  /// The next run would remove it too, so what keeps it there now fails no run.
  private void removeWhatWasSentForNothing() {
    if (!scope.signals().forming().hasSentForNothing() || !mediaAreWell()) {
      return;
    }
    try {
      new Recovery(scope).removeDebris();
    } catch (IOException unreadable) {
      scope
          .events()
          .tell(
              new RunEvent.Note(
                  "what was sent of a dump that failed stays on media until the next run: "
                      + Reason.of(unreadable)));
    }
  }

  /// Also of what ended before a restart: no source failed or waits, and media took everything.
  private boolean isGood() {
    return mediaAreWell()
        && scope.catalog().runs().results(scope.run()).stream()
            .map(result -> Verdict.valueOf(result.outcome()))
            .noneMatch(end -> end == Verdict.FAILED || end == Verdict.SKIPPED);
  }

  private boolean mediaAreWell() {
    return scope.outcomes().storageTrouble().isEmpty();
  }

  private void dump(Driver.Turn turn) throws Exception {
    var planned = turn.planned();
    var source = planned.source().source();
    long began = System.nanoTime();
    if (!(turn instanceof Driver.Turn.Refused)) {
      scope
          .events()
          .tell(
              new RunEvent.DumpBegan(
                  source, planned.level(), planned.estimate(), planned.reason()));
    }
    var ended = attempt(turn);
    if (ended instanceof Ended.Failed) {
      // what the interrupt of a signal broke is no failure: the run that goes on dumps it anew
      scope.stop().check();
    }
    var took = Duration.ofNanos(System.nanoTime() - began);
    switch (ended) {
      case Ended.Kept(_, var verdict, var reason) -> {
        obeyed(planned);
        ended(source, Verdict.valueOf(verdict.name()), partly(planned, reason), took);
      }
      case Ended.Waiting(var problem) -> {
        ended(source, Verdict.SKIPPED, problem, took);
        throw new ToldException(problem);
      }
      case Ended.Outgrown() -> {
        driver.outgrew(planned);
        throw new ToldException(new Problem("", "it outgrew staging", ""));
      }
      case Ended.Failed(var problem) -> failed(planned, problem, took);
    }
  }

  /// What was ordered for the next dump of the source is done when this one is it.
  private void obeyed(PlannedDump planned) {
    var source = planned.source().source();
    var plans = scope.catalog().plans();
    if (plans
        .ordered(source)
        .filter(order -> order.command().isFull() == planned.level().isFull())
        .isPresent()) {
      plans.obeyed(source);
    }
  }

  /// Once more at the end of the run: what failed an hour ago may work now.
  private void failed(PlannedDump planned, Problem problem, Duration took) throws ToldException {
    if (driver.retries(planned)) {
      scope
          .events()
          .tell(
              new RunEvent.Note(
                  "source "
                      + planned.source().source()
                      + " failed and is tried once more at the end: "
                      + problem.fact()));
    } else {
      var source = planned.source().source();
      scope.catalog().images().failed(planned.image());
      ended(source, Verdict.FAILED, problem, took);
      if (scope.set().how().onSourceFailure() == How.OnSourceFailure.STOP) {
        scope.stop().close("source " + source + " failed, and how.onSourceFailure is stop");
      }
    }
    throw new ToldException(problem);
  }

  /// A failure of our own side is this source's too: nothing of the dump is kept, the others go on.
  private Ended attempt(Driver.Turn turn) throws InterruptedException {
    try {
      return dumping.dump(turn);
    } catch (IOException failed) {
      return new Ended.Failed(
          new Problem(
              "source " + turn.planned().source(),
              "the dump could not be stored: " + Reason.of(failed),
              "nothing of it was kept; make room or repair the disk, then run again"));
    }
  }

  private static Problem partly(PlannedDump planned, String reason) {
    return new Problem(
        reason.isEmpty() ? "" : "source " + planned.source(),
        reason,
        reason.isEmpty()
            ? ""
            : "the image was kept; see its warnings, and 'tolerate' for the limits");
  }

  private void ended(SourceName source, Verdict verdict, Problem problem, Duration took) {
    scope.outcomes().ended(source, verdict);
    var text = problem.fact().isEmpty() ? "" : problem.text();
    scope
        .catalog()
        .runs()
        .record(new SourceResultRow(scope.run(), source, verdict.name(), text, took));
    scope.events().tell(new RunEvent.DumpEnded(Reports.source(scope, source)));
  }

  private void phase(Phase phase, StopSignal.Work work) throws Exception {
    scope.stop().check();
    long began = System.nanoTime();
    scope.events().tell(new RunEvent.PhaseBegan(phase));
    work.run();
    scope
        .events()
        .tell(new RunEvent.PhaseEnded(phase, Duration.ofNanos(System.nanoTime() - began)));
  }

  /// Makes the step of a source or of a writer FAILED; the person was told already.
  private static final class ToldException extends Exception {
    private static final long serialVersionUID = 1L;

    ToldException(Problem problem) {
      super(problem.text());
    }
  }
}
