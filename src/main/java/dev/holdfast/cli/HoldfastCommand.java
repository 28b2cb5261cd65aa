package dev.holdfast.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The root of the command tree.
@Command(
    name = "holdfast",
    description = "Backs up what a repository of YAML declares, and brings it back.",
    footer = {
      "  holdfast validate                              check the configuration",
      "  holdfast run HighRateServers                   back up that set",
      "  holdfast restore HighRateServers/ServerFiles --to /tmp/back",
    })
final class HoldfastCommand {

  /// Every command, in the order in which help shows them.
  private static final Map<String, Supplier<Verb>> VERBS = new LinkedHashMap<>();

  static {
    VERBS.put("validate", ValidateCommand::new);
    VERBS.put("explain", ExplainCommand::new);
    VERBS.put("schema", SchemaCommand::new);
    VERBS.put("plan", PlanCommand::new);
    VERBS.put("run", RunCommand::new);
    VERBS.put("flush", FlushCommand::new);
    VERBS.put("copy", CopyCommand::new);
    VERBS.put("prune", PruneCommand::new);
    VERBS.put("retire", RetireCommand::new);
    VERBS.put("schedule", ScheduleCommand::new);
    VERBS.put("status", StatusCommand::new);
    VERBS.put("list", ListCommand::new);
    VERBS.put("why", WhyCommand::new);
    VERBS.put("ls", LsCommand::new);
    VERBS.put("find", FindCommand::new);
    VERBS.put("restore", RestoreCommand::new);
    VERBS.put("verify", VerifyCommand::new);
    VERBS.put("storage", StorageCommand::new);
    VERBS.put("media", MediaCommand::new);
    VERBS.put("catalog", CatalogCommand::new);
    VERBS.put("tune", TuneCommand::new);
  }

  @Mixin private Settings settings = new Settings();

  @Option(names = "--version", versionHelp = true, description = "show the version")
  private boolean version;

  Settings settings() {
    return settings;
  }

  boolean version() {
    return version;
  }

  /// The parser of a command line. It knows the commands whose names are among the words, or all
  /// when none is: describing each costs a parser of annotations some milliseconds.
  CommandLine parser(List<String> words) {
    var line = new CommandLine(this);
    boolean named = VERBS.keySet().stream().anyMatch(words::contains);
    VERBS.forEach(
        (name, verb) -> {
          if (!named || words.contains(name)) {
            line.addSubcommand(name, verb.get());
          }
        });
    return line;
  }
}
