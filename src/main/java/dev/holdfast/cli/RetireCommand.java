package dev.holdfast.cli;

import dev.holdfast.job.FormerSets;
import dev.holdfast.job.Retire;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Project;
import dev.holdfast.report.Listing;
import dev.holdfast.report.PruneReport;
import dev.holdfast.report.PurgeReport;
import dev.holdfast.report.StockRow;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Ends the life of a set.
@Command(
    name = "retire",
    description = {
      "Ends the life of a set that is declared no more. With --data retain its images stay.",
      "With --data purge they go, copies too, from every storage: the Project must declare that in"
          + " 'retire', and --approve must have the digest that the same command shows without it.",
    },
    footer = {
      "  holdfast retire OldLaptops --data retain --reason 'hardware replaced'",
      "  holdfast retire OldLaptops --data purge",
      "  holdfast retire OldLaptops --data purge --approve 3f9a62c1d0e45b77",
    })
final class RetireCommand implements Verb {
  @Parameters(paramLabel = "SET", description = "a set that is no longer in backupsets/")
  private String name = "";

  @Option(
      names = "--data",
      paramLabel = "retain|purge",
      required = true,
      description = "what happens to its images")
  private Project.Data data = Project.Data.RETAIN;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for people (retain only)")
  private String reason = "";

  @Option(
      names = "--approve",
      paramLabel = "DIGEST",
      description = "purge exactly what was shown with this digest")
  private Optional<String> approval = Optional.empty();

  @Override
  public boolean worksByItself() {
    return true;
  }

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarations();
    var retire =
        new Retire(declared, set(), session.clock(), session.settings().lockWait(), session::note);
    return switch (data) {
      case RETAIN -> session.show(Listing.of("retired", List.of(row(retire.retain(reason)))));
      case PURGE -> purge(session, retire);
    };
  }

  private ExitCode purge(Session session, Retire retire) throws Exception {
    try (var stopping = new Stopping()) {
      var reports = retire.purge(approval, stopping.signal());
      var exit = ExitCode.together(reports.stream().map(PruneReport::exit).toList());
      return session.show(new PurgeReport(set(), exit, reports));
    }
  }

  static StockRow.FormerRow row(FormerSets.Former former) {
    boolean purge =
        former.declared().filter(retire -> retire.data() == Project.Data.PURGE).isPresent();
    var state = former.unexplained() ? "unexplained" : purge ? "purge" : "retained";
    var reason =
        former
            .declared()
            .flatMap(Project.Retire::reason)
            .or(() -> former.retirement().map(retirement -> retirement.reason()))
            .orElse("");
    return new StockRow.FormerRow(former.set(), state, former.images(), former.bytes(), reason);
  }

  private SetName set() {
    try {
      return new SetName(name);
    } catch (IllegalArgumentException noName) {
      throw Refusal.usage("'" + name + "' is no name of a set", "letters and digits");
    }
  }
}
