package dev.holdfast.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/// How `--help` looks: what the command does, examples, then its arguments; the options that every
/// command has only at the root.
final class HelpTexts {
  private static final int WIDTH = 100;
  private static final List<String> SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          "usage",
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          "examples",
          UsageMessageSpec.SECTION_KEY_FOOTER,
          "commands",
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          "parameters",
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          "end");

  private HelpTexts() {}

  static void install(CommandLine line) {
    line.setUsageHelpAutoWidth(false);
    describe(line);
    line.getSubcommands().values().forEach(HelpTexts::install);
  }

  /// `holdfast help run` is `holdfast run --help`.
  static String[] rewritten(String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals("help")) {
      return arguments;
    }
    var rewritten = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
    rewritten[arguments.length - 1] = "--help";
    return rewritten;
  }

  private static void describe(CommandLine line) {
    line.setUsageHelpWidth(WIDTH);
    line.setHelpSectionKeys(SECTIONS);
    line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    var sections = line.getHelpSectionMap();
    boolean root = line.getParent() == null;
    sections.put("usage", _ -> "\nUsage: ");
    sections.put("examples", _ -> "\nExamples:\n");
    boolean parent = !line.getSubcommands().isEmpty();
    sections.put("commands", _ -> parent ? "\nCommands:\n" : "");
    sections.put("parameters", _ -> "\n");
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpTexts::ownOptions);
    sections.put(
        "end",
        _ ->
            root
                ? "\nEach flag has a variable: --lock-wait is HOLDFAST_LOCK_WAIT.\n"
                : "\nOptions of every command: holdfast --help\n");
  }

  private static String ownOptions(Help help) {
    var own = help.commandSpec().options().stream().filter(option -> !option.inherited()).toList();
    var layout = help.createDefaultLayout();
    layout.addOptions(own, help.createDefaultParamLabelRenderer());
    return layout.toString();
  }
}
