package dev.holdfast.cli;

import dev.holdfast.job.CatalogCare;
import dev.holdfast.model.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Cares for the catalog of a set.
@Command(
    name = "catalog",
    description = {
      "check compares the catalog of a set with its media; exit 40 when they differ.",
      "rebuild makes catalog and incremental state anew from media; the old catalog is kept aside.",
    },
    footer = {
      "  holdfast catalog check HighRateServers",
      "  holdfast catalog rebuild HighRateServers"
    })
final class CatalogCommand implements Verb {

  /// What is done with it.
  enum Care {
    CHECK,
    REBUILD
  }

  @Parameters(index = "0", paramLabel = "check|rebuild", description = "what to do")
  private Care care = Care.CHECK;

  @Parameters(index = "1", paramLabel = "SET", description = "whose catalog")
  private String name = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarationsToRead();
    var set = new Selection(declared).set(name);
    var catalog = new CatalogCare(declared, set, session.clock());
    if (care == Care.CHECK) {
      new Refilling(session, declared).required(set);
    }
    return session.show(
        switch (care) {
          case CHECK -> catalog.check();
          case REBUILD -> catalog.rebuild();
        });
  }
}
