package dev.holdfast.cli;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Gives every flag a variable: `--lock-wait` is `HOLDFAST_LOCK_WAIT`. The flag is stronger, an
/// empty variable is as good as none. Switches take 1/true/yes/on and 0/false/no/off; how often
/// `-v` was meant is a number.
final class Variables implements IDefaultValueProvider {
  private static final Set<String> ON = Set.of("1", "true", "yes", "on");
  private static final Set<String> OFF = Set.of("0", "false", "no", "off");

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return argument.defaultValue();
    }
    var value = environment.getOrDefault(nameOf(option), "");
    return value.isEmpty() ? option.defaultValue() : valueFor(option, value);
  }

  static String nameOf(OptionSpec option) {
    return "HOLDFAST"
        + option.longestName().substring(1).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /// A wrong word for a switch goes on to the parser, which refuses it and names the option.
  private static String valueFor(OptionSpec option, String value) {
    if (option.type() == boolean[].class && value.matches("[0-9]")) {
      return String.join(",", Collections.nCopies(Integer.parseInt(value), "true"));
    }
    if (option.type() != boolean.class) {
      return value;
    }
    var word = value.toLowerCase(Locale.ROOT);
    return ON.contains(word) ? "true" : OFF.contains(word) ? "false" : value;
  }
}
