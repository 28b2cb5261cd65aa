package dev.holdfast.cli;

import dev.holdfast.config.Finding;
import dev.holdfast.config.LoadResult;
import dev.holdfast.model.ExitCode;
import dev.holdfast.report.JsonObject;
import dev.holdfast.report.JsonReports;
import dev.holdfast.report.TextReports;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Reads the configuration and says everything that is wrong with it.
@Command(
    name = "validate",
    description = {
      "Checks syntax, fields, references and names of the whole repository, offline.",
      "All problems are reported at once, with file, line and column. Exit 10 when there are any,",
      "11 when only policies of the project are broken.",
    },
    footer = {
      "  holdfast validate",
      "  holdfast validate -C /etc/backup",
      "  holdfast validate -o json | jq '.findings[].message'",
    })
final class ValidateCommand implements Verb {

  @Override
  public ExitCode run(Session session) {
    return switch (session.load()) {
      case LoadResult.Invalid(var findings, _) -> {
        var exit = Finding.exit(findings);
        show(session, exit, findings, "");
        yield exit;
      }
      case LoadResult.Loaded loaded -> {
        show(session, ExitCode.OK, loaded.warnings(), summary(loaded) + "\n");
        yield ExitCode.OK;
      }
    };
  }

  private static void show(Session session, ExitCode exit, List<Finding> findings, String last) {
    var screen = session.screen();
    switch (session.settings().output()) {
      case TEXT -> {
        findings.forEach(finding -> screen.out(TextReports.problem(finding.problem())));
        screen.out(last.isEmpty() ? count(findings) + "\n" : last);
      }
      case JSON -> screen.out(json(session, exit, findings).document());
      case JSONL -> {
        findings.forEach(finding -> screen.out(json(finding).put("type", "row").line() + "\n"));
        screen.out(json(session, exit, findings).put("type", "summary").line() + "\n");
      }
    }
  }

  private static JsonObject json(Session session, ExitCode exit, List<Finding> findings) {
    return new JsonReports(session.view())
        .document("validate", exit)
        .objects("findings", findings, ValidateCommand::json);
  }

  private static JsonObject json(Finding finding) {
    return new JsonObject()
        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
        .put("file", finding.place().file())
        .put("line", finding.place().line())
        .put("column", finding.place().column())
        .put("path", finding.path())
        .put("message", finding.message())
        .put("hint", finding.hint());
  }

  private static String count(List<Finding> findings) {
    long errors =
        findings.stream().filter(one -> one.severity() != Finding.Severity.WARNING).count();
    return counted(errors, "error") + ", " + counted(findings.size() - errors, "warning");
  }

  private static String summary(LoadResult.Loaded loaded) {
    var declared = loaded.declarations();
    var counts =
        Stream.of(
                counted(declared.sets().size(), "backup set"),
                counted(declared.sources().size(), "source"),
                counted(declared.storages().size(), "storage"),
                counted(declared.schedules().size(), "schedule"),
                counted(declared.jobs().size(), "job"))
            .collect(Collectors.joining(", "));
    return "valid: " + counts + "; " + counted(loaded.warnings().size(), "warning");
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
