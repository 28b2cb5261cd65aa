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
      "Shows what runs, how the last run ended, what waits in staging, what is due next, and each",
      "source's newest image with its age against the target.",
    },
    footer = {
      "  holdfast status",
      "  holdfast status HighRateServers -o json",
      "  holdfast status --check   # exit 42 when something needs a person",
    })
final class StatusCommand implements Verb {
  @Parameters(paramLabel = "SET", description = "only these sets")
  private List<String> names = List.of();

  @Option(
      names = "--check",
      description =
          "exit 42 when a source or a copy is overdue, a run failed, or images are stuck in staging")
  private boolean check;

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarationsToRead();
    var selection = new Selection(declared);
    List<BackupSet> wanted =
        names.isEmpty()
            ? List.copyOf(declared.sets().values())
            : names.stream().map(selection::set).distinct().toList();
    var sets = new ArrayList<StatusReport.SetStatus>();
    var now = Instant.now(session.clock());
    var health = new Health(declared, now);
    var refilling = new Refilling(session, declared);
    for (var set : refilling.attempted(wanted)) {
      sets.add(health.examined(set, new Look(declared, set).status(now)));
    }
    return session.show(new StatusReport(now, exit(sets, refilling.answered()), sets));
  }

  private ExitCode exit(List<StatusReport.SetStatus> sets, ExitCode answered) {
    boolean healthy = sets.stream().allMatch(set -> set.outlook().reasons().isEmpty());
    return check && !healthy ? ExitCode.UNHEALTHY : answered;
  }
}
