package dev.holdfast.job;

import dev.holdfast.model.ExitCode;
import dev.holdfast.report.CopyReport;
import dev.holdfast.report.SourceReport;
import java.util.List;

/// How a run ends: by its own work, which a later run may have to continue, and by its copies,
/// which any later run or `copy` brings on.
record Ends(RunKind kind, RunScope scope, StopSignal stop, List<CopyReport> copies) {

  Ends {
    copies = List.copyOf(copies);
  }

  /// What the command says. A copy never hides what became of the set's own images, except that
  /// damage goes before everything that is less.
  ExitCode exit() {
    if (stop.stopped()) {
      return stopped();
    }
    var own = own();
    var further = further();
    boolean worse = own == ExitCode.OK || further == ExitCode.DAMAGED;
    return worse && further != ExitCode.OK ? further : own;
  }

  /// What the catalog keeps: once the copies have begun, nothing is left of a run that another one
  /// would have to continue.
  ExitCode own() {
    if (stop.stopped() && !scope.outcomes().copies().isBegun()) {
      return stopped();
    }
    return switch (kind) {
      case RUN -> ofSources();
      case FLUSH -> scope.outcomes().exit();
      case COPY -> stop.stopped() ? stopped() : further();
    };
  }

  private ExitCode stopped() {
    return stop.stoppedByWindow() ? ExitCode.TEMPFAIL : ExitCode.TERMINATED;
  }

  /// Who asks for a copy wants it now; a run has the time that `within` gives.
  private ExitCode further() {
    var late =
        copies.stream()
            .anyMatch(copy -> kind == RunKind.COPY ? copy.pending() > 0 : copy.late() > 0);
    var exit = scope.outcomes().copies().exit(late);
    boolean locked = kind == RunKind.COPY && scope.outcomes().copies().isTaken();
    return locked && exit == ExitCode.TEMPFAIL ? ExitCode.LOCKED : exit;
  }

  /// From what became of the sources, also of those that ended before a restart.
  private ExitCode ofSources() {
    if (!scope.sources().isEmpty()) {
      for (var result : scope.catalog().runs().results(scope.run())) {
        scope.outcomes().ended(result.source(), SourceReport.Verdict.valueOf(result.outcome()));
      }
      for (var row : scope.catalog().images().planned(scope.run())) {
        var report = Reports.source(scope, row.planned().source().source());
        scope.outcomes().ended(report.source(), report.verdict());
      }
    }
    return scope.outcomes().exit();
  }
}
