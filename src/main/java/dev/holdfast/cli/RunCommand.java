package dev.holdfast.cli;

import dev.holdfast.job.Backup;
import dev.holdfast.job.RunRequest;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.LevelWish;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Backs up sets, one after the other.
@Command(
    name = "run",
    description = {
      "Backs up sets, or the sets of jobs: dumps their sources, stages, writes to media.",
      "--due runs each set whose start has come; nothing due is exit 0, with the next start.",
      "A run that did not end is continued. Exit 75, 130 and 143: run again to continue.",
    },
    footer = {
      "  holdfast run HighRateServers",
      "  holdfast run HighRateServers --level full --source ServerFiles",
      "  holdfast run NightlyRun -o jsonl",
      "  holdfast run --due   # for a timer that fires often",
    })
final class RunCommand implements Verb {
  @Parameters(arity = "0..*", paramLabel = "SET|JOB", description = "what to back up")
  private List<String> names = List.of();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "auto",
      description = "auto, full, incremental, or 0..9 (default: auto)")
  private LevelWish level = new LevelWish.Auto();

  @Option(
      names = "--source",
      split = ",",
      paramLabel = "NAME",
      description = "only this source; may be given again")
  private List<String> sources = List.of();

  @Option(
      names = "--due",
      description = "only what its schedule wants now; all sets when none is named")
  private boolean due;

  @Option(
      names = "--fresh",
      description = "do not continue an unfinished run: write what it staged, and start anew")
  private boolean fresh;

  @Override
  public boolean worksByItself() {
    return true;
  }

  @Override
  public ExitCode run(Session session) throws Exception {
    checkWords();
    var declared = session.declarations();
    var selection = new Selection(declared);
    if (due) {
      var asked = names.isEmpty() ? selection.setsOrAll(List.of()) : selection.setsAndJobs(names);
      return new DueRuns(session, declared, fresh, names).run(asked);
    }
    var sets = selection.setsAndJobs(names);
    selection.checkSources(sets, sources);
    var paused = selection.paused(names, session.today());
    paused.forEach(set -> session.note(pause(set)));
    var wanted =
        sets.stream()
            .filter(set -> !paused.contains(set))
            .filter(set -> sources.isEmpty() || !selection.sources(set, sources).isEmpty())
            .toList();
    wanted.forEach(selection::checkAvailable);
    return new SetRuns(session)
        .each(
            wanted,
            (set, stop) -> Backup.run(request(session, declared, set), session.events(), stop));
  }

  private static String pause(BackupSet set) {
    return "set %s is paused%s (when.active: false): left out; 'holdfast run %s' runs it all the same"
        .formatted(
            set.name(), set.when().until().map(day -> " until " + day).orElse(""), set.name());
  }

  private void checkWords() {
    if (!due && names.isEmpty()) {
      throw Refusal.usage("'holdfast run' needs SET|JOB", "see 'holdfast run --help'");
    }
    if (due && (!sources.isEmpty() || !(level instanceof LevelWish.Auto))) {
      throw Refusal.usage(
          "with --due the schedule says what runs at which level",
          "leave out --source and --level, or name the set without --due");
    }
  }

  private RunRequest request(Session session, Declarations declared, BackupSet set) {
    var selection = new Selection(declared);
    return new RunRequest(
            declared,
            set,
            level,
            selection.sources(set, sources),
            fresh,
            session.settings().lockWait(),
            session.clock())
        .doing(selection.steps(names, set));
  }
}
