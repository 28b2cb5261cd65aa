package dev.holdfast.cli;

import dev.holdfast.job.Look;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.report.StatusReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says how the sets stand, also while they run.
@Command(
    name = "status",
    description = {
      "Shows what runs, how the last run ended, what waits in staging, and each source's newest"
          + " image.",
    },
    footer = {
      "  holdfast status",
      "  holdfast status Demo -o json",
      "  holdfast status --check   # exit 42 when something needs a person",
    })
final class StatusCommand implements Verb {
  @Parameters(paramLabel = "SET", description = "only these sets")
  private List<String> names = List.of();

  @Option(
      names = "--check",
      description = "exit 42 when a source has no image, failed last, or images wait in staging")
  private boolean check;

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarations();
    var selection = new Selection(declared);
    List<BackupSet> wanted =
        names.isEmpty()
            ? List.copyOf(declared.sets().values())
            : names.stream().map(selection::set).distinct().toList();
    var sets = new ArrayList<StatusReport.SetStatus>();
    for (var set : wanted) {
      sets.add(new Look(declared, set).status());
    }
    return session.show(new StatusReport(Instant.now(session.clock()), exit(sets), sets));
  }

  private ExitCode exit(List<StatusReport.SetStatus> sets) {
    boolean healthy = sets.stream().allMatch(StatusCommand::isHealthy);
    return check && !healthy ? ExitCode.UNHEALTHY : ExitCode.OK;
  }

  private static boolean isHealthy(StatusReport.SetStatus set) {
    return (set.waiting().images() == 0 || set.running().isPresent())
        && set.last().filter(last -> last.exit() == ExitCode.OK).isPresent()
        && set.sources().stream()
            .allMatch(source -> source.lastGood().isPresent() && source.lastProblem().isEmpty());
  }
}
