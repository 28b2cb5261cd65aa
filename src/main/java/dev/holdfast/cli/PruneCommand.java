package dev.holdfast.cli;

import dev.holdfast.config.Suggestion;
import dev.holdfast.job.Prune;
import dev.holdfast.job.PruneRequest;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Removes images whose time is over.
@Command(
    name = "prune",
    description = {
      "Removes the images of a set that have expired, with a reason for each. Never the newest full"
          + " of a source, nor what a kept image builds on.",
      "More at once than policies.prune allows, or a clock that jumped, needs --approve.",
    },
    footer = {
      "  holdfast prune HighRateServers --dry-run",
      "  holdfast prune HighRateServers",
      "  holdfast prune HighRateServers --approve 3f9a62c1d0e45b77",
    })
final class PruneCommand implements Verb {
  @Parameters(paramLabel = "SET", description = "whose images")
  private String name = "";

  @Option(names = "--dry-run", description = "only show what would go, what stays, and why")
  private boolean dryRun;

  @Option(
      names = "--approve",
      paramLabel = "DIGEST",
      description = "prune exactly what a dry run with this digest showed, whatever the brakes say")
  private Optional<String> approval = Optional.empty();

  @Option(
      names = "--storage",
      paramLabel = "NAME",
      description = "the copies on this further storage, by their own retention")
  private Optional<String> storage = Optional.empty();

  @Override
  public boolean worksByItself() {
    return !dryRun;
  }

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarations();
    var selection = new Selection(declared);
    var set = selection.set(name);
    selection.checkAvailable(set);
    new Refilling(session, declared).required(set);
    var own =
        new PruneRequest(
            declared,
            set,
            approval,
            Optional.empty(),
            session.settings().lockWait(),
            session.clock());
    var request = storage.map(further -> own.of(copy(set, further))).orElse(own);
    if (dryRun) {
      return session.show(Prune.dryRun(request));
    }
    try (var stopping = new Stopping()) {
      return session.show(Prune.run(request, session.events(), stopping.signal()));
    }
  }

  private static CopyTarget copy(BackupSet set, String further) {
    return set.copyTo(further)
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "set " + set.name() + " does not copy to '" + further + "'",
                    Suggestion.among(
                        further,
                        set.copies().stream().map(copy -> copy.storage().name()).toList(),
                        "storages of its copies")));
  }
}
