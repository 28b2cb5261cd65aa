package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The root of the command tree.
@Command(
    name = "holdfast",
    description = "Backs up what a repository of YAML declares, and brings it back.",
    subcommands = {
      ValidateCommand.class,
      ExplainCommand.class,
      SchemaCommand.class,
      ListCommand.class,
    },
    footer = {
      "  holdfast validate                              check the configuration",
      "  holdfast run Demo                              back up the set Demo",
      "  holdfast restore Demo/HoldfastSources --to /tmp/back",
    })
final class HoldfastCommand {
  @Mixin private Settings settings = new Settings();

  @Option(names = "--version", versionHelp = true, description = "show the version")
  private boolean version;

  Settings settings() {
    return settings;
  }

  boolean version() {
    return version;
  }
}
