package dev.holdfast.cli;

import dev.holdfast.job.Look;
import dev.holdfast.model.ExitCode;
import dev.holdfast.report.Listing;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lists what is declared and what has been made.
@Command(
    name = "list",
    description = "Lists the declared sets or sources, or the runs, images or volumes there are.",
    footer = {
      "  holdfast list sets",
      "  holdfast list images HighRateServers",
      "  holdfast list volumes -o json",
    })
final class ListCommand implements Verb {

  /// What can be listed.
  enum What {
    SETS,
    SOURCES,
    RUNS,
    IMAGES,
    VOLUMES
  }

  @Parameters(
      index = "0",
      paramLabel = "WHAT",
      description = "sets, sources, runs, images, volumes")
  private What what = What.SETS;

  @Parameters(index = "1..*", paramLabel = "SET", description = "only of these sets")
  private List<String> sets = List.of();

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarationsToRead();
    if (!sets.isEmpty() && what == What.SETS) {
      throw Refusal.usage("'list sets' takes no names", "see 'holdfast explain SET'");
    }
    var rows = new Rows(declared, session.today());
    var looking = new Looking(session, declared);
    var listing =
        switch (what) {
          case SETS -> Listing.of("sets", rows.sets());
          case SOURCES -> Listing.of("sources", rows.sources(sets));
          case RUNS -> Listing.of("runs", looking.ask(sets, Look::runs));
          case IMAGES -> Listing.of("images", looking.ask(sets, Look::images));
          case VOLUMES -> Listing.of("volumes", looking.ask(sets, Look::volumes));
        };
    return session.show(listing.answered(looking.answered()));
  }
}
