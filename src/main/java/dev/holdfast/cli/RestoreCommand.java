package dev.holdfast.cli;

import dev.holdfast.job.Restore;
import dev.holdfast.job.RestoreRequest;
import dev.holdfast.model.ExitCode;
import dev.holdfast.report.TextReports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Brings back a source, parts of it, or one file.
@Command(
    name = "restore",
    description = {
      "Restores a source as it was at a time: all of it, or some paths, into a folder.",
      "Deleted files do not come back. Every byte is checked before it is used: exit 40 names what"
          + " is damaged.",
    },
    footer = {
      "  holdfast restore HighRateServers/ServerFiles --to /tmp/back",
      "  holdfast restore HighRateServers/ServerFiles /srv/www/index.html --to /tmp/back --at 2026-11-24",
      "  holdfast restore HighRateServers/ServerFiles /etc/hosts --stdout | less",
    })
final class RestoreCommand implements Verb {
  @Parameters(index = "0", paramLabel = "SET/SOURCE", description = "the set's only source if left")
  private String member = "";

  @Parameters(
      index = "1..*",
      paramLabel = "PATH",
      description = "absolute, as it was; none = everything")
  private List<String> paths = List.of();

  @Option(names = "--to", paramLabel = "DIR", description = "where to; empty, or made")
  private @Nullable Path to;

  @Option(names = "--stdout", description = "the content of one file to standard output")
  private boolean stdout;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "as it was then: 2026-11-24, 2026-11-24T21:30 (default: newest)")
  private @Nullable String at;

  @Option(names = "--image", paramLabel = "ID", description = "as it was at that image")
  private @Nullable String image;

  @Option(
      names = "--into-existing",
      description = "into a folder that is not empty, replacing files of the same names")
  private boolean intoExisting;

  @Override
  public boolean worksByItself() {
    return true;
  }

  @Override
  public ExitCode run(Session session) throws Exception {
    if (stdout == (to != null)) {
      throw Refusal.usage(
          "'holdfast restore' needs either --to DIR or --stdout", "see 'holdfast restore --help'");
    }
    var request = request(session, to == null ? Path.of("") : to.toAbsolutePath().normalize());
    return stdout
        ? content(session, request)
        : session.show(Restore.run(request, session.events()));
  }

  /// Standard output is the file's, so the report goes to standard error.
  private static ExitCode content(Session session, RestoreRequest request)
      throws IOException, InterruptedException {
    var report = Restore.content(request, session.events(), session.screen().bytes());
    if (!session.settings().quiet() || report.exit() != ExitCode.OK) {
      session.screen().err(new TextReports(session.view()).render(report));
    }
    return report.exit();
  }

  private RestoreRequest request(Session session, Path target)
      throws IOException, InterruptedException {
    var declared = session.declarationsToRead();
    var wanted = new Selection(declared).member(member);
    return new RestoreRequest(
        declared,
        new Refilling(session, declared).required(wanted.set()),
        wanted.source(),
        paths,
        session.time(Optional.ofNullable(at)),
        Optional.ofNullable(image),
        target,
        intoExisting,
        session.clock());
  }
}
