package dev.holdfast.cli;

import dev.holdfast.job.Look;
import dev.holdfast.model.ExitCode;
import dev.holdfast.report.Listing;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows a directory as it was.
@Command(
    name = "ls",
    description = "Lists a directory of a source as it was at a time, from the catalog alone.",
    footer = {
      "  holdfast ls HighRateServers/ServerFiles",
      "  holdfast ls HighRateServers/ServerFiles /srv/www --at 2026-11-24",
      "  holdfast ls HighRateServers/ServerFiles --recursive -o jsonl",
    })
final class LsCommand implements Verb {
  @Parameters(index = "0", paramLabel = "SET/SOURCE", description = "the set's only source if left")
  private String member = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "absolute, as it was")
  private @Nullable String path;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "as it was then: 2026-11-24, 2026-11-24T21:30 (default: newest)")
  private @Nullable String at;

  @Option(
      names = {"-R", "--recursive"},
      description = "everything below, too")
  private boolean recursive;

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarationsToRead();
    var wanted = new Selection(declared).member(member);
    var look = new Look(declared, new Refilling(session, declared).required(wanted.set()));
    var time = session.time(Optional.ofNullable(at));
    var place = Optional.ofNullable(path);
    var rows =
        recursive ? look.tree(wanted.source(), place, time) : look.ls(wanted.source(), place, time);
    return session.show(Listing.of("members", rows));
  }
}
