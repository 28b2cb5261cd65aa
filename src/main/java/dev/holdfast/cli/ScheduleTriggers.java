package dev.holdfast.cli;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.trigger.Invocation;
import dev.holdfast.plan.trigger.Trigger;
import dev.holdfast.plan.trigger.Triggers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `schedule render` and `schedule diff` are told alike.
final class ScheduleTriggers {
  private static final String PROGRAM = "holdfast";

  @Parameters(
      index = "0",
      paramLabel = "systemd|cron|github|gitlab",
      description = "for which system")
  private Triggers.Form form = Triggers.Form.SYSTEMD;

  @Option(
      names = "--program",
      paramLabel = "PATH",
      description =
          "how the trigger finds Holdfast (default: this installation; for CI: holdfast in PATH)")
  private @Nullable String program;

  Triggers.Form form() {
    return form;
  }

  /// The triggers of those of the sets that start by themselves.
  List<Trigger> render(Session session, Declarations declared, List<BackupSet> sets) {
    return new Triggers(declared, sets, invocation(session, declared)).render(form);
  }

  /// CI systems check the repository out anew and know their own state directory.
  private Invocation invocation(Session session, Declarations declared) {
    boolean local = form == Triggers.Form.SYSTEMD || form == Triggers.Form.CRON;
    if (!local) {
      return new Invocation(
          Optional.ofNullable(program).orElse(PROGRAM), Optional.empty(), Optional.empty());
    }
    return new Invocation(
        Optional.ofNullable(program)
            .map(path -> Path.of(path).toAbsolutePath().normalize().toString())
            .orElseGet(ScheduleTriggers::installed),
        Optional.of(declared.repository()),
        session.settings().state().map(path -> path.toAbsolutePath().normalize()));
  }

  private static String installed() {
    return Optional.ofNullable(System.getProperty("holdfast.home"))
        .map(home -> Path.of(home).resolve("scripts/holdfast").toAbsolutePath().normalize())
        .filter(Files::isExecutable)
        .map(Path::toString)
        .orElse("/usr/local/bin/holdfast");
  }
}
