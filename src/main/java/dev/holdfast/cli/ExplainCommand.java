package dev.holdfast.cli;

import dev.holdfast.config.Explainer;
import dev.holdfast.config.Explanation;
import dev.holdfast.config.Suggestion;
import dev.holdfast.model.ExitCode;
import dev.holdfast.report.JsonObject;
import dev.holdfast.report.JsonReports;
import dev.holdfast.report.Printable;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows what is in force for a declared object, and which line says so.
@Command(
    name = "explain",
    description = "Shows every effective value of a declared object and where it comes from.",
    footer = {
      "  holdfast explain HighRateServers",
      "  holdfast explain Source/ServerFiles",
      "  holdfast explain HighRateServers -o json",
    })
final class ExplainCommand implements Verb {
  @Parameters(paramLabel = "NAME", description = "a name, or KIND/NAME")
  private String name = "";

  @Override
  public ExitCode run(Session session) {
    var loaded = session.loadedToRead();
    var found = Explainer.explain(loaded, name);
    if (found.isEmpty()) {
      throw Refusal.notFound(
          "nothing of the name '" + name + "' is declared",
          Suggestion.among(name, names(loaded.effective().names()), "declared"));
    }
    session
        .screen()
        .out(
            switch (session.settings().output()) {
              case TEXT ->
                  found.stream().map(ExplainCommand::text).collect(Collectors.joining("\n"));
              case JSON -> json(session, found).document();
              case JSONL -> json(session, found).line() + "\n";
            });
    return ExitCode.OK;
  }

  /// Whoever typed a bare name is offered bare names.
  private List<String> names(List<String> full) {
    return name.contains("/")
        ? full
        : full.stream().map(one -> one.substring(one.indexOf('/') + 1)).distinct().toList();
  }

  private static String text(Explanation explanation) {
    return explanation
        .text()
        .lines()
        .map(line -> Printable.of(line) + "\n")
        .collect(Collectors.joining());
  }

  private static JsonObject json(Session session, List<Explanation> found) {
    return new JsonReports(session.view())
        .document("explain", ExitCode.OK)
        .objects(
            "objects",
            found,
            one ->
                new JsonObject()
                    .put("kind", one.kind().spelling())
                    .put("name", one.name())
                    .objects(
                        "values",
                        one.entries(),
                        entry ->
                            new JsonObject()
                                .put("path", entry.path())
                                .put("value", entry.value())
                                .put("origin", entry.origin())));
  }
}
