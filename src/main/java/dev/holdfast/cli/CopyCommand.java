package dev.holdfast.cli;

import dev.holdfast.config.Suggestion;
import dev.holdfast.job.Backup;
import dev.holdfast.job.RunRequest;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.LevelWish;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Copies to further storages.
@Command(
    name = "copy",
    description = {
      "Copies the set's images to the further storages that its 'copies' name, and dumps nothing.",
      "Goes on where a copy was cut off. Exit 75 while something is still to be copied.",
    },
    footer = {"  holdfast copy HighRateServers", "  holdfast copy HighRateServers --to OffsiteS3"})
final class CopyCommand implements Verb {
  @Parameters(arity = "1..*", paramLabel = "SET|JOB", description = "whose images to copy")
  private List<String> names = List.of();

  @Option(
      names = "--to",
      split = ",",
      paramLabel = "STORAGE",
      description = "only to this storage; may be given again")
  private List<String> storages = List.of();

  @Override
  public boolean worksByItself() {
    return true;
  }

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarations();
    var named = new Selection(declared).setsAndJobs(names);
    var sets = named.stream().filter(this::isAsked).toList();
    if (sets.isEmpty() || !unknown(sets).isEmpty()) {
      throw nothing(named, unknown(sets));
    }
    return new SetRuns(session)
        .each(
            sets,
            (set, stop) ->
                Backup.copy(request(session, declared, set), wanted(set), session.events(), stop));
  }

  /// A set of a job may copy nothing; that no set does is an error.
  private boolean isAsked(BackupSet set) {
    return set.copies().stream()
        .map(copy -> copy.storage().name())
        .anyMatch(name -> storages.isEmpty() || storages.contains(name));
  }

  private List<String> unknown(List<BackupSet> sets) {
    return storages.stream()
        .filter(name -> sets.stream().noneMatch(set -> set.copyTo(name).isPresent()))
        .toList();
  }

  private Set<String> wanted(BackupSet set) {
    return storages.stream()
        .filter(name -> set.copyTo(name).isPresent())
        .collect(Collectors.toSet());
  }

  private static RunRequest request(Session session, Declarations declared, BackupSet set) {
    return new RunRequest(
        declared,
        set,
        new LevelWish.Auto(),
        Set.of(),
        false,
        session.settings().lockWait(),
        session.clock());
  }

  private Refusal nothing(List<BackupSet> sets, List<String> unknown) {
    var names = sets.stream().map(set -> set.name().value()).collect(Collectors.joining(", "));
    var known =
        sets.stream()
            .flatMap(set -> set.copies().stream())
            .map(copy -> copy.storage().name())
            .distinct()
            .toList();
    return storages.isEmpty()
        ? Refusal.notFound(
            names + " copies to no further storage",
            "name one in the set's 'copies', as copies: [ { to: OffsiteDisk } ]")
        : Refusal.notFound(
            names + " does not copy to '" + String.join("', '", unknown) + "'",
            Suggestion.among(unknown.getFirst(), known, "storages of its copies"));
  }
}
