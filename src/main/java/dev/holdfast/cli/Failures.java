package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.report.JsonReports;
import dev.holdfast.report.TextReports;
import dev.holdfast.report.View;
import java.time.ZoneOffset;

/// Says what could not be done: to people on standard error, to machines on standard output too.
final class Failures {
  private final Screen screen;
  private final Format format;

  Failures(Screen screen, Format format) {
    this.screen = screen;
    this.format = format;
  }

  ExitCode show(Refusal refused) {
    refused.problems().forEach(problem -> screen.err(TextReports.problem(problem)));
    if (format != Format.TEXT) {
      var json = new JsonReports(new View(ZoneOffset.UTC, false, Version.current()));
      var error = json.error(refused.exit(), refused.problems());
      screen.out(format == Format.JSON ? error.document() : error.line() + "\n");
    }
    return refused.exit();
  }
}
