package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.report.Listing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Looks for files by name in what was backed up.
@Command(
    name = "find",
    description = {
      "Finds files by name, or by path when the pattern has a slash; * and ? as in a shell.",
      "Exit 4 when there is none.",
    },
    footer = {
      "  holdfast find '*.java'",
      "  holdfast find '/srv/www/*/index.html' --set HighRateServers",
      "  holdfast find passwd --at 2026-11-01",
    })
final class FindCommand implements Verb {
  @Parameters(paramLabel = "GLOB", description = "quote it from the shell")
  private String glob = "";

  @Option(names = "--set", split = ",", paramLabel = "SET", description = "only in this set")
  private List<String> sets = List.of();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "as it was then: 2026-11-24, 2026-11-24T21:30 (default: newest)")
  private @Nullable String at;

  @Override
  public ExitCode run(Session session) throws Exception {
    var looking = new Looking(session, session.declarationsToRead());
    var time = session.time(Optional.ofNullable(at));
    var found = looking.ask(sets, look -> look.find(glob, time));
    if (found.isEmpty() && looking.answered() == ExitCode.OK) {
      throw Refusal.notFound(
          "nothing that was backed up matches '" + glob + "'",
          "* and ? stand for other characters; look at another time with --at");
    }
    return session.show(Listing.of("members", found).answered(looking.answered()));
  }
}
