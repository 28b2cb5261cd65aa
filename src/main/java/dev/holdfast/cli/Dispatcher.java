package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.plan.LevelWish;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Reads a command line, does what it says, and turns every way it can end into an exit code and
/// words: no stack trace and no exit code of a library reaches the user.
final class Dispatcher {
  private final Screen screen;
  private final Map<String, String> environment;

  Dispatcher(Screen screen, Map<String, String> environment) {
    this.screen = screen;
    this.environment = Map.copyOf(environment);
  }

  ExitCode run(String... arguments) {
    var root = new HoldfastCommand();
    var format = wantedFormat(arguments);
    try {
      var line = commandLine(root, arguments);
      var parsed = line.parseArgs(HelpTexts.rewritten(arguments));
      new Variables(environment).misspelt(line).forEach(screen::err);
      return run(root, parsed);
    } catch (ParameterException wrong) {
      return fail(format, UsageErrors.of(wrong));
    } catch (Refusal refused) {
      return fail(format, refused);
    } catch (HoldfastException known) {
      trace(root.settings(), known);
      return fail(format, new Refusal(known.exit(), known.problem()));
    } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError bug) {
      trace(root.settings(), bug);
      return fail(format, internal(bug));
    }
  }

  private ExitCode run(HoldfastCommand root, ParseResult parsed) throws Exception {
    var last = parsed.asCommandLineList().getLast();
    if (root.settings().help()) {
      screen.out(last.getUsageMessage());
      return ExitCode.OK;
    }
    if (root.version()) {
      screen.out("holdfast " + Version.current() + "\n");
      return ExitCode.OK;
    }
    if (last.getCommandSpec().userObject() instanceof Verb verb) {
      return reached(verb, verb.run(new Session(root.settings(), screen, environment)));
    }
    throw Refusal.usage("a command is missing", "see 'holdfast --help'");
  }

  /// A result that could not be printed is no success, except where the work itself is the result.
  private ExitCode reached(Verb verb, ExitCode exit) {
    screen
        .lost()
        .ifPresent(why -> screen.err("standard output could not be written: " + why + "\n"));
    return exit == ExitCode.OK && screen.lost().isPresent() && !verb.worksByItself()
        ? ExitCode.INTERNAL
        : exit;
  }

  private ExitCode fail(Format format, Refusal refused) {
    return new Failures(screen, format).show(refused);
  }

  private void trace(Settings settings, Throwable thrown) {
    if (settings.verbosity() > 1) {
      var text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      screen.err(text.toString());
    }
  }

  private static Refusal internal(Throwable bug) {
    var message = bug.getMessage() == null ? "" : ": " + bug.getMessage();
    return new Refusal(
        ExitCode.INTERNAL,
        new Problem(
            "internal error",
            bug.getClass().getSimpleName() + message,
            "this is a bug; the same command with -vv shows where it is"));
  }

  private CommandLine commandLine(HoldfastCommand root, String... arguments) {
    var line = root.parser(List.of(arguments));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setDefaultValueProvider(new Variables(environment));
    line.registerConverter(
        Duration.class,
        text -> Times.duration(text).orElseThrow(() -> notA("a time", text, "30s, 15m, 4h or 7d")));
    line.registerConverter(
        LevelWish.class,
        text ->
            LevelWish.parse(text)
                .orElseThrow(() -> notA("a level", text, "auto, full, incremental or 0..9")));
    line.registerConverter(
        Instant.class,
        text ->
            Times.instant(text, ZoneOffset.UTC)
                .orElseThrow(() -> notA("an instant", text, "2026-11-24T21:30:00Z")));
    HelpTexts.install(line);
    return line;
  }

  private static CommandLine.TypeConversionException notA(String what, String text, String like) {
    return new CommandLine.TypeConversionException(
        "'" + text + "' is not " + what + ", as " + like);
  }

  /// Errors of the command line itself must already come in the wanted form.
  private Format wantedFormat(String... arguments) {
    var words = List.of(arguments);
    for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
      var word = words.get(i);
      if (word.equals("-o") || word.equals("--output")) {
        return i + 1 < words.size() ? format(words.get(i + 1)) : Format.TEXT;
      }
      if (word.startsWith("--output=")) {
        return format(word.substring("--output=".length()));
      }
      if (word.startsWith("-o") && !word.startsWith("--")) {
        return format(word.substring(2).replaceFirst("^=", ""));
      }
    }
    return format(environment.getOrDefault("HOLDFAST_OUTPUT", ""));
  }

  private static Format format(String word) {
    return Arrays.stream(Format.values())
        .filter(
            format -> format.name().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(Format.TEXT);
  }
}
