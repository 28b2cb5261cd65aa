package dev.holdfast.cli;

import dev.holdfast.job.StopSignal;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.ToldFailure;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.report.JsonObject;
import dev.holdfast.report.JsonReports;
import dev.holdfast.report.RunReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Does the same with one set after the other. Sets are independent: what one of them cannot do
/// keeps no other from being tried. A signal ends the row.
final class SetRuns {
  private final Session session;

  SetRuns(Session session) {
    this.session = session;
  }

  /// What is done with one set.
  interface Work {
    RunReport on(BackupSet set, StopSignal stop) throws IOException, InterruptedException;
  }

  /// Whether a set is still to be worked on when its turn comes.
  interface Gate {
    boolean admits(BackupSet set) throws IOException, InterruptedException;
  }

  /// Shows each result; gives the exit code of all.
  ExitCode each(List<BackupSet> sets, Work work) throws IOException, InterruptedException {
    return each(sets, _ -> true, work);
  }

  /// The same with the sets that the gate admits.
  ExitCode each(List<BackupSet> sets, Gate gate, Work work)
      throws IOException, InterruptedException {
    try (var stopping = new Stopping()) {
      var ends = new ArrayList<End>();
      for (var set : sets) {
        if (!stopping.signal().stopped() && gate.admits(set)) {
          ends.add(shown(one(set, work, stopping.signal().part()), sets.size()));
        }
      }
      var exit = ExitCode.together(ends.stream().map(End::exit).toList());
      if (isOneDocument(sets.size())) {
        session
            .screen()
            .out(json().document("runs", exit).objects("runs", ends, this::json).document());
      }
      return exit;
    }
  }

  private End one(BackupSet set, Work work, StopSignal stop) {
    try {
      return new End.Reported(work.on(set, stop));
    } catch (HoldfastException known) {
      return new End.Refused(new Refusal(known.exit(), known.problem()));
    } catch (InterruptedException stopped) {
      return new End.Refused(stopped(set, stop));
    } catch (IOException lost) {
      return new End.Refused(lost(set, lost));
    }
  }

  /// The next set may still run when only this one's window is over.
  private static Refusal stopped(BackupSet set, StopSignal stop) {
    if (stop.stoppedByWindow()) {
      return new Refusal(
          ExitCode.TEMPFAIL,
          new Problem(
              "set " + set.name(),
              "did not come to its end: " + stop.closing().orElseThrow(),
              "its next window goes on; 'holdfast run " + set.name() + "' does it now"));
    }
    Thread.currentThread().interrupt();
    return new Refusal(
        ExitCode.TERMINATED,
        new Problem("set " + set.name(), "was stopped", "run again to continue"));
  }

  private static Refusal lost(BackupSet set, IOException lost) {
    return ToldFailure.of(lost)
        .map(told -> new Refusal(told.exit(), told.problem()))
        .orElseGet(
            () ->
                new Refusal(
                    ExitCode.FAILED,
                    new Problem(
                        "set " + set.name(),
                        "could not work on its files: " + Reason.of(lost),
                        "see that its state directory, staging and storage can be written, then"
                            + " run again")));
  }

  private End shown(End end, int sets) {
    switch (end) {
      case End.Reported(var report) when !isOneDocument(sets) -> session.show(report);
      case End.Reported _ -> {}
      case End.Refused(var refusal) when !isOneDocument(sets) -> session.fail(refusal);
      case End.Refused(var refusal) -> new Failures(session.screen(), Format.TEXT).show(refusal);
    }
    return end;
  }

  /// JSON is one document, also about several sets.
  private boolean isOneDocument(int sets) {
    return sets != 1 && session.settings().output() == Format.JSON;
  }

  private JsonObject json(End end) {
    return switch (end) {
      case End.Reported(var report) -> json().json(report);
      case End.Refused(var refusal) -> json().error(refusal.exit(), refusal.problems());
    };
  }

  private JsonReports json() {
    return new JsonReports(session.view());
  }

  /// How the work on one set ended.
  private sealed interface End {
    ExitCode exit();

    record Reported(RunReport report) implements End {
      @Override
      public ExitCode exit() {
        return report.exit();
      }
    }

    record Refused(Refusal refusal) implements End {
      @Override
      public ExitCode exit() {
        return refusal.exit();
      }
    }
  }
}
