package dev.holdfast.cli;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.job.Reasons;
import dev.holdfast.job.SetState;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.report.Listing;
import dev.holdfast.report.Row;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Says why something is as it is.
@Command(
    name = "why",
    description = {
      "Shows what runs decided about a source (SET/SOURCE), an image, a volume or a run, with the"
          + " reason for each decision. An image or a run may be named by the start of its id.",
    },
    footer = {
      "  holdfast why HighRateServers/ServerFiles",
      "  holdfast why HighRateServers-001",
      "  holdfast why 20261124T213000Z -o json",
    })
final class WhyCommand implements Verb {
  @Parameters(paramLabel = "OBJECT", description = "SET/SOURCE, an image, a volume or a run")
  private String name = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarationsToRead();
    var rows = name.contains("/") ? ofSource(session, declared) : ofAnything(session, declared);
    if (rows.isEmpty()) {
      throw Refusal.notFound(
          "no run has decided anything about '" + name + "'",
          "name a SET/SOURCE, an image, a volume or a run, as 'holdfast list' shows them");
    }
    return session.show(Listing.of("reasons", rows));
  }

  private List<Row> ofSource(Session session, Declarations declared) throws Exception {
    var member = new Selection(declared).member(name);
    new Refilling(session, declared).required(member.set());
    return new Reasons(declared, member.set(), session.clock()).ofSource(member.source());
  }

  private List<Row> ofAnything(Session session, Declarations declared) throws Exception {
    var rows = new ArrayList<Row>();
    for (var set : new Refilling(session, declared).attempted(declared.sets().values())) {
      if (hasRun(declared, set)) {
        rows.addAll(new Reasons(declared, set, session.clock()).of(name));
      }
    }
    return rows;
  }

  private static boolean hasRun(Declarations declared, BackupSet set) {
    return Catalog.exists(SetState.of(declared.state(), set.name()).catalog());
  }
}
