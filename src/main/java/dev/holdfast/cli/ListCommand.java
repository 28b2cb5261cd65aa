package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Source;
import dev.holdfast.report.Listing;
import dev.holdfast.report.Row;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lists what is declared and what has been made.
@Command(
    name = "list",
    description = "Lists the declared sets or sources, or the runs, images or volumes there are.",
    footer = {
      "  holdfast list sets",
      "  holdfast list images Demo",
      "  holdfast list volumes -o json",
    })
final class ListCommand implements Verb {

  /// What can be listed.
  enum What {
    SETS,
    SOURCES
  }

  @Parameters(
      index = "0",
      paramLabel = "WHAT",
      description = "sets, sources, runs, images, volumes")
  private What what = What.SETS;

  @Override
  public ExitCode run(Session session) {
    var declared = session.declarations();
    return session.show(
        switch (what) {
          case SETS -> Listing.of("sets", sets(declared));
          case SOURCES -> Listing.of("sources", sources(declared));
        });
  }

  private static List<Row> sets(Declarations declared) {
    return declared.sets().values().stream().map(ListCommand::row).toList();
  }

  private static Row row(BackupSet set) {
    return new Row.SetRow(
        set.name().value(),
        set.storage().name(),
        set.when().schedule().orElse(""),
        set.when().active(),
        set.sources().stream().map(source -> source.name().value()).toList());
  }

  private static List<Row> sources(Declarations declared) {
    return declared.sources().values().stream().map(source -> row(source, declared)).toList();
  }

  private static Row row(Source source, Declarations declared) {
    var sets =
        declared.sets().values().stream()
            .filter(set -> set.source(source.name()).isPresent())
            .map(set -> set.name().value())
            .toList();
    return new Row.SourceRow(
        source.name().value(), kind(source), source.host(), paths(source), sets);
  }

  private static String kind(Source source) {
    return source.spec().getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static List<String> paths(Source source) {
    return source.spec() instanceof Filesystem files ? files.paths() : List.of();
  }
}
