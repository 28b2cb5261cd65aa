package dev.holdfast.cli;

import dev.holdfast.job.Backup;
import dev.holdfast.job.RunRequest;
import dev.holdfast.model.ExitCode;
import dev.holdfast.plan.LevelWish;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Writes what waits in staging.
@Command(
    name = "flush",
    description = "Writes the images that wait in staging to media, and dumps nothing.",
    footer = {
      "  holdfast flush HighRateServers",
      "  holdfast flush HighRateServers --lock-wait 15m"
    })
final class FlushCommand implements Verb {
  @Parameters(arity = "1..*", paramLabel = "SET|JOB", description = "whose staging to write")
  private List<String> names = List.of();

  @Override
  public boolean worksByItself() {
    return true;
  }

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarations();
    var sets = new Selection(declared).setsAndJobs(names);
    return new SetRuns(session)
        .each(
            sets,
            (set, stop) ->
                Backup.flush(
                    new RunRequest(
                        declared,
                        set,
                        new LevelWish.Auto(),
                        Set.of(),
                        false,
                        session.settings().lockWait(),
                        session.clock()),
                    session.events(),
                    stop));
  }
}
