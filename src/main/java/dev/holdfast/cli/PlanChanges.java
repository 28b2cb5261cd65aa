package dev.holdfast.cli;

import dev.holdfast.config.Finding;
import dev.holdfast.config.LoadResult;
import dev.holdfast.job.Consequences;
import dev.holdfast.job.Drift;
import dev.holdfast.job.FormerSets;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.report.ConsequenceText;
import dev.holdfast.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of `plan` that ask what an edit changes, and what they come to.
final class PlanChanges {
  @Option(
      names = "--base",
      paramLabel = "REV",
      description = "what the edit since this git revision means for the images there are")
  private Optional<String> base = Optional.empty();

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "also write that as Markdown, for a pull request")
  private Optional<Path> markdown = Optional.empty();

  @Option(
      names = "--detailed-exitcode",
      description = "end with 5 when something changes, 6 when restore points go or a set is gone")
  private boolean detailed;

  boolean isOfEdit() {
    return base.isPresent();
  }

  void checkWords() {
    if (markdown.isPresent() && base.isEmpty()) {
      throw Refusal.usage("--markdown writes what an edit means", "add --base REV");
    }
  }

  ExitCode edit(Session session, Declarations head) throws IOException, InterruptedException {
    var before =
        switch (session.load(base.orElseThrow())) {
          case LoadResult.Loaded loaded -> loaded.declarations();
          case LoadResult.Invalid invalid ->
              throw new Refusal(
                  ExitCode.CONFIG, invalid.findings().stream().map(Finding::problem).toList());
        };
    var detail = detailed ? Consequences.Detail.DETAILED : Consequences.Detail.PLAIN;
    var report = new Consequences(before, head, session.clock()).report(detail);
    if (markdown.isPresent()) {
      PlanCommand.draw(
          markdown.get().toAbsolutePath(), new ConsequenceText(session.view()).markdown(report));
    }
    return session.show(report);
  }

  /// Sets that are declared no more, a line for each source that has images.
  static List<Row> former(Declarations declared) throws IOException, InterruptedException {
    var rows = new ArrayList<Row>();
    for (var former : new FormerSets(declared).list()) {
      var why =
          former.unexplained()
              ? "the set is declared no more: its "
                  + former.images()
                  + " images stay; 'holdfast retire "
                  + former.set()
                  + " --data retain' says that it is meant"
              : "the set is retired: its " + former.images() + " images stay until a purge";
      former
          .sources()
          .forEach(
              source ->
                  rows.add(
                      new Row.PlanRow(new SourceKey(former.set(), source), Optional.empty(), why)));
    }
    return rows;
  }

  /// The exit code of a plan of these sets.
  ///
  /// @param all every declared set is planned, and so those are asked for that are gone
  ExitCode drift(Session session, Declarations declared, List<BackupSet> sets, boolean all)
      throws IOException, InterruptedException {
    if (!detailed) {
      return ExitCode.OK;
    }
    var differences = new ArrayList<>(new Drift(declared, session.clock()).of(sets));
    if (all) {
      new FormerSets(declared)
          .list().stream()
              .filter(FormerSets.Former::unexplained)
              .map(
                  former ->
                      new Drift.Difference("set " + former.set(), true, "is declared no more"))
              .forEach(differences::add);
    }
    differences.forEach(one -> session.note(one.subject() + ": " + one.text()));
    if (differences.isEmpty()) {
      return ExitCode.OK;
    }
    return differences.stream().anyMatch(Drift.Difference::destructive)
        ? ExitCode.DESTRUCTIVE
        : ExitCode.CHANGES;
  }
}
