package dev.holdfast.cli;

import dev.holdfast.config.Finding;
import dev.holdfast.config.LoadRequest;
import dev.holdfast.config.LoadResult;
import dev.holdfast.config.Loader;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.report.BarEvents;
import dev.holdfast.report.JsonEvents;
import dev.holdfast.report.JsonReports;
import dev.holdfast.report.Report;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunEvents;
import dev.holdfast.report.TextEvents;
import dev.holdfast.report.TextReports;
import dev.holdfast.report.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/// What one command works with: its settings, the configuration, and where its words go. Used by
/// one thread; the events that it hands out are thread-safe.
final class Session {
  private static final int USUAL_COLUMNS = 80;

  private final Settings settings;
  private final Screen screen;
  private final Map<String, String> environment;
  private ZoneId zone = ZoneOffset.UTC;

  Session(Settings settings, Screen screen, Map<String, String> environment) {
    this.settings = settings;
    this.screen = screen;
    this.environment = Map.copyOf(environment);
  }

  Settings settings() {
    return settings;
  }

  Screen screen() {
    return screen;
  }

  /// Runs on from the time that `--now` names, or is the system's.
  Clock clock() {
    var system = Clock.systemUTC();
    return settings
        .now()
        .map(now -> Clock.offset(system, Duration.between(system.instant(), now)))
        .orElse(system);
  }

  /// The day it is in the project's zone.
  LocalDate today() {
    return LocalDate.ofInstant(clock().instant(), zone);
  }

  /// Tells a person something that is no problem.
  void note(String text) {
    if (!settings.quiet()) {
      screen.err(text + "\n");
    }
  }

  /// Reads the configuration repository; what is wrong with it is in the result.
  LoadResult load() {
    var result = Loader.load(loadRequest());
    readable(result)
        .ifPresent(loaded -> zone = loaded.declarations().project().settings().timezone());
    return result;
  }

  /// The same as a git revision has it.
  LoadResult load(String revision) throws IOException, InterruptedException {
    return Loader.load(loadRequest(), revision);
  }

  private LoadRequest loadRequest() {
    var repository =
        RepositoryFolder.find(
            settings.repository(),
            Path.of(""),
            Optional.ofNullable(System.getProperty("holdfast.home")).map(Path::of));
    var state = settings.state().map(path -> path.toAbsolutePath().normalize());
    return new LoadRequest(repository, state, environment);
  }

  /// The configuration, when it is valid; refuses with everything that is wrong otherwise.
  LoadResult.Loaded loaded() {
    return switch (load()) {
      case LoadResult.Loaded loaded -> loaded;
      case LoadResult.Invalid invalid ->
          throw new Refusal(
              Finding.exit(invalid.findings()),
              invalid.findings().stream().map(Finding::problem).toList());
    };
  }

  Declarations declarations() {
    return loaded().declarations();
  }

  /// For commands that only read what was stored: a policy that is not met refuses new backups, and
  /// no restore.
  LoadResult.Loaded loadedToRead() {
    var result = load();
    return readable(result).orElseGet(this::loaded);
  }

  /// The same without where each value came from.
  Declarations declarationsToRead() {
    return loadedToRead().declarations();
  }

  private static Optional<LoadResult.Loaded> readable(LoadResult result) {
    return switch (result) {
      case LoadResult.Loaded loaded -> Optional.of(loaded);
      case LoadResult.Invalid(_, var readable) -> readable;
    };
  }

  /// The time zone of the project; UTC before it is read.
  ZoneId zone() {
    return zone;
  }

  /// Who is told what happens while it happens.
  RunEvents events() {
    var clock = Clock.systemUTC();
    var text = settings.quiet() ? problemsOnly(clock) : text(clock);
    return settings.output() == Format.JSONL
        ? RunEvents.both(new JsonEvents(line -> screen.out(line + "\n"), clock()), text)
        : text;
  }

  /// A time that a person typed, in the project's zone.
  Optional<Instant> time(Optional<String> text) {
    return text.map(
        typed ->
            Times.instant(typed, zone)
                .orElseThrow(
                    () ->
                        Refusal.usage(
                            "'" + typed + "' is not a time",
                            "as 2026-11-24, 2026-11-24T21:30 or 2026-11-24T21:30:00Z")));
  }

  /// Shows a result in the wanted form; gives its exit code.
  ExitCode show(Report report) {
    screen.out(
        switch (settings.output()) {
          case TEXT -> new TextReports(view()).render(report);
          case JSON -> new JsonReports(view()).render(report);
          case JSONL -> new JsonReports(view()).lines(report);
        });
    return report.exit();
  }

  /// Says why something was not done: on standard error, and as an object where JSON was asked for.
  ExitCode fail(Refusal refused) {
    return new Failures(screen, settings.output()).show(refused);
  }

  View view() {
    return new View(zone, colored(screen.outIsTerminal()), Version.current());
  }

  /// Quiet is not silent: what is wrong is always said.
  private RunEvents problemsOnly(Clock clock) {
    var lines = new TextEvents(line -> screen.err(line + "\n"), false, clock);
    return event -> {
      switch (event) {
        case RunEvent.Warning _ -> lines.tell(event);
        case RunEvent.DumpEnded(var report) when report.problem().isPresent() -> lines.tell(event);
        case RunEvent _ -> {}
      }
    };
  }

  private RunEvents text(Clock clock) {
    return screen.errIsTerminal() && !"dumb".equals(environment.get("TERM"))
        ? new BarEvents(screen::err, columns(), clock)
        : new TextEvents(line -> screen.err(line + "\n"), true, clock);
  }

  private int columns() {
    var columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
  }

  private boolean colored(boolean terminal) {
    return switch (settings.color()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          environment.getOrDefault("NO_COLOR", "").isEmpty()
              && (terminal
                  ? !"dumb".equals(environment.get("TERM"))
                  : !environment.getOrDefault("FORCE_COLOR", "").isEmpty());
    };
  }
}
