package dev.holdfast.cli;

import dev.holdfast.config.Suggestion;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Gives every flag a variable: `--lock-wait` is `HOLDFAST_LOCK_WAIT`. The flag is stronger, an
/// empty variable is as good as none. Switches take 1/true/yes/on and 0/false/no/off; how often
/// `-v` was meant is a number.
final class Variables implements IDefaultValueProvider {
  private static final String PREFIX = "HOLDFAST_";
  private static final Set<String> OF_THE_LAUNCHER = Set.of("JDK", "JAVA_OPTS", "AOT", "CRASH_AT");
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

  /// What is set and looks like one of our variables without being one: it would be ignored.
  List<String> misspelt(CommandLine line) {
    if (unknown(known(line)).isEmpty()) {
      return List.of();
    }
    // the parser of one command does not know the options of the others
    var known = known(new HoldfastCommand().parser(List.of()));
    return unknown(known).stream()
        .flatMap(name -> Suggestion.nearest(name, known).map(near -> misspelt(name, near)).stream())
        .toList();
  }

  private List<String> unknown(Set<String> known) {
    return environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .map(name -> name.substring(PREFIX.length()))
        .filter(name -> !known.contains(name))
        .sorted()
        .toList();
  }

  private static String misspelt(String name, String near) {
    return "%s is not a variable of Holdfast and was ignored\nHINT: did you mean %s?\n"
        .formatted(PREFIX + name, PREFIX + near);
  }

  private static Set<String> known(CommandLine line) {
    var known = new TreeSet<>(OF_THE_LAUNCHER);
    for (var option : line.getCommandSpec().options()) {
      known.add(nameOf(option).substring(PREFIX.length()));
    }
    line.getSubcommands().values().forEach(inner -> known.addAll(known(inner)));
    return known;
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
