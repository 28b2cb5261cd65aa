package dev.holdfast.job;

import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.SourceResultRow;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.job.Dumping.Ended;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SourceName;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunEvent.Phase;
import dev.holdfast.report.SourceReport.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// What the steps of a run of one set do.
final class RunActions implements StepActions {
  private final RunScope scope;
  private final Planning planning;
  private final Writing writing;
  private final Dumping dumping;

  RunActions(RunScope scope, Ids ids) {
    var commit = new Commit(scope);
    this.scope = scope;
    this.planning = new Planning(scope, ids);
    this.writing = new Writing(scope, commit);
    this.dumping = new Dumping(scope, writing, commit);
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
                (source, problem) -> ended(source, Verdict.FAILED, problem, Duration.ZERO)));
  }

  @Override
  public List<ImageId> dumps() {
    return scope.catalog().images().planned(scope.run()).stream()
        .map(row -> row.planned().image())
        .toList();
  }

  @Override
  public void dump(ImageId image) throws Exception {
    var row = scope.catalog().images().find(image).orElseThrow();
    if (row.state() != ImageState.PLANNED) {
      return;
    }
    scope.signals().dumpBegun();
    try {
      scope.stop().interruptibly(() -> dump(row));
    } finally {
      scope.signals().dumpEnded();
    }
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
  public void report() throws Exception {
    phase(Phase.REPORT, CrashPoint.REPORT_WRITTEN::reached);
  }

  private void dump(ImageRow row) throws Exception {
    var planned = row.planned();
    var source = planned.source().source();
    long began = System.nanoTime();
    scope
        .events()
        .tell(
            new RunEvent.DumpBegan(source, planned.level(), planned.estimate(), planned.reason()));
    var ended = attempt(planned);
    var took = Duration.ofNanos(System.nanoTime() - began);
    switch (ended) {
      case Ended.Kept(_, var verdict, var reason) ->
          ended(source, Verdict.valueOf(verdict.name()), partly(planned, reason), took);
      case Ended.Waiting(var problem) -> {
        ended(source, Verdict.SKIPPED, problem, took);
        throw new ToldException(problem);
      }
      case Ended.Failed(var problem) -> {
        scope.catalog().images().failed(planned.image());
        ended(source, Verdict.FAILED, problem, took);
        throw new ToldException(problem);
      }
    }
  }

  /// A failure of our own side is this source's too: nothing of the dump is kept, the others go on.
  private Ended attempt(PlannedDump planned) throws InterruptedException {
    try {
      return dumping.dump(planned);
    } catch (IOException failed) {
      return new Ended.Failed(
          new Problem(
              "source " + planned.source(),
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
