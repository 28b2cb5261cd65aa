package dev.holdfast.cli;

import dev.holdfast.config.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Wrong flags and arguments, in our words: what is wrong, what was probably meant, where to read.
final class UsageErrors {
  private static final Pattern CONSTANTS = Pattern.compile("\\[[A-Z_]+(, [A-Z_]+)*]");

  private UsageErrors() {}

  static Refusal of(ParameterException wrong) {
    var command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    var help = "see '" + command + " --help'";
    return switch (wrong) {
      case UnmatchedArgumentException unmatched ->
          Refusal.usage(unmatched(unmatched, command), suggested(unmatched, help));
      case MissingParameterException missing -> Refusal.usage(missing(missing, command), help);
      case ParameterException choice when isChoice(choice) -> noSuchChoice(choice, help);
      default -> Refusal.usage(lower(String.valueOf(wrong.getMessage())), help);
    };
  }

  private static String unmatched(UnmatchedArgumentException unmatched, String command) {
    var words = unmatched.getUnmatched();
    var first = words.isEmpty() ? "" : words.getFirst();
    if (unmatched.isUnknownOption()) {
      return "'" + command + "' has no option '" + first + "'";
    }
    return command.equals("holdfast")
        ? "there is no command '" + first + "'"
        : "'" + command + "' takes no argument '" + first + "'";
  }

  private static String suggested(UnmatchedArgumentException unmatched, String help) {
    List<String> near = unmatched.getSuggestions();
    return near.isEmpty() ? help : "did you mean '" + near.getFirst() + "'? " + help;
  }

  private static String missing(MissingParameterException missing, String command) {
    var names =
        missing.getMissing().stream()
            .map(argument -> argument.paramLabel())
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? lower(String.valueOf(missing.getMessage()))
        : "'" + command + "' needs " + names;
  }

  private static boolean isChoice(ParameterException wrong) {
    return wrong.getArgSpec() != null
        && wrong.getArgSpec().type().isEnum()
        && wrong.getValue() != null;
  }

  private static Refusal noSuchChoice(ParameterException wrong, String help) {
    var words =
        Arrays.stream(wrong.getArgSpec().type().getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .toList();
    var name = wrong.getArgSpec() instanceof OptionSpec option ? option.longestName() + " " : "";
    var near = Suggestion.nearest(wrong.getValue(), words);
    return Refusal.usage(
        name + "'" + wrong.getValue() + "' is not one of " + String.join(", ", words),
        near.map(word -> "did you mean '" + word + "'? ").orElse("") + help);
  }

  private static String lower(String message) {
    var words = CONSTANTS.matcher(message).replaceAll(m -> m.group().toLowerCase(Locale.ROOT));
    return words.isEmpty() ? words : Character.toLowerCase(words.charAt(0)) + words.substring(1);
  }
}
