package dev.holdfast.cli;

import dev.holdfast.config.Kind;
import dev.holdfast.config.Schemas;
import dev.holdfast.config.Suggestion;
import dev.holdfast.model.ExitCode;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Prints the JSON Schema of a kind, for editors.
@Command(
    name = "schema",
    description = "Prints the JSON Schema (2020-12) of a kind of document.",
    footer = {
      "  holdfast schema BackupSet > BackupSet.json",
      "  holdfast schema Source | jq '.properties | keys'",
    })
final class SchemaCommand implements Verb {
  @Parameters(paramLabel = "KIND", description = "as BackupSet, Source, Storage, Job")
  private String kind = "";

  @Override
  public ExitCode run(Session session) {
    session.screen().out(Schemas.of(kind()));
    return ExitCode.OK;
  }

  private Kind kind() {
    return Arrays.stream(Kind.values())
        .filter(one -> folded(one.spelling()).equals(folded(kind)))
        .findFirst()
        .orElseThrow(this::unknown);
  }

  private Refusal unknown() {
    var kinds = Arrays.stream(Kind.values()).map(Kind::spelling).toList();
    return Refusal.notFound(
        "there is no kind '" + kind + "'", Suggestion.among(kind, kinds, "the kinds"));
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
