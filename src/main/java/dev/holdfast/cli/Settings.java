package dev.holdfast.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The options that every command has.
final class Settings {

  /// When to colour.
  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  @Option(
      names = {"-C", "--repo"},
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "configuration repository (default: the nearest folder above)")
  private @Nullable Path repository;

  @Option(
      names = "--state",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "state directory (default: the Project's, systemd's or XDG's)")
  private @Nullable Path state;

  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, or jsonl (events, then a summary)")
  private Format output = Format.TEXT;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      split = ",",
      description = "say more; -vv shows the trace of an internal error")
  private boolean[] verbose = {};

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "no progress on standard error; problems still are")
  private boolean quiet;

  @Option(
      names = "--no-input",
      scope = ScopeType.INHERIT,
      description = "never ask; refuse what would need an answer")
  private boolean noInput;

  @Option(
      names = "--yes",
      scope = ScopeType.INHERIT,
      description = "answer yes to what is asked before something is overwritten")
  private boolean yes;

  @Option(
      names = "--lock-wait",
      scope = ScopeType.INHERIT,
      paramLabel = "TIME",
      defaultValue = "0",
      description = "how long to wait for another run of the set, as 30s or 15m (default: not)")
  private Duration lockWait = Duration.ZERO;

  @Option(
      names = "--color",
      scope = ScopeType.INHERIT,
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never; NO_COLOR is respected")
  private Color color = Color.AUTO;

  @Option(
      names = "--now",
      scope = ScopeType.INHERIT,
      paramLabel = "INSTANT",
      description = "take this for the time, as 2026-11-24T21:30:00Z; for rehearsals")
  private java.time.@Nullable Instant now;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "show this")
  private boolean help;

  boolean help() {
    return help;
  }

  Optional<Path> repository() {
    return Optional.ofNullable(repository);
  }

  Optional<Path> state() {
    return Optional.ofNullable(state);
  }

  Format output() {
    return output;
  }

  int verbosity() {
    return verbose.length;
  }

  boolean quiet() {
    return quiet;
  }

  /// True when overwriting was agreed to beforehand.
  boolean yes() {
    return yes;
  }

  boolean noInput() {
    return noInput;
  }

  Duration lockWait() {
    return lockWait;
  }

  Color color() {
    return color;
  }

  Optional<Instant> now() {
    return Optional.ofNullable(now);
  }
}
