package dev.holdfast.config;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts the Project's variables in: `${var.name}` in texts, after parsing, so that places survive.
final class Variables {
  private static final Pattern USE = Pattern.compile("\\$\\{var\\.([^}$]{0,64})\\}");

  private final Map<String, String> values;
  private final Findings findings;

  Variables(Map<String, String> values, Findings findings) {
    this.values = Map.copyOf(values);
    this.findings = findings;
  }

  /// The same value without variables; an unknown one is an error and stays as it is.
  Value resolved(Value value) {
    return switch (value) {
      case Value.Text text when text.text().contains("${var.") -> resolvedText(text);
      case Value.Text text -> text;
      case Value.Items(var items, var origin) ->
          new Value.Items(items.stream().map(this::resolved).toList(), origin);
      case Value.Fields fields -> fields.mapped(this::resolved);
    };
  }

  private Value resolvedText(Value.Text scalar) {
    boolean fits = scalar.text().length() <= Scalars.LONGEST;
    var text = fits ? USE.matcher(scalar.text()).replaceAll(use -> replacement(use, scalar)) : "";
    if (!fits || text.length() > Scalars.LONGEST) {
      findings.error(
          scalar.place(),
          "",
          "a text with variables has more than " + Scalars.LONGEST + " characters",
          "write it shorter");
      return scalar;
    }
    return new Value.Text(text, scalar.core(), scalar.origin());
  }

  private String replacement(MatchResult use, Value.Text scalar) {
    var value = values.get(use.group(1));
    if (value == null) {
      findings.error(
          scalar.place(),
          "",
          "the variable '" + YamlReader.printable(use.group()) + "' is not declared",
          Suggestion.among(use.group(1), values.keySet(), "vars of the Project"));
    }
    return Matcher.quoteReplacement(value == null ? use.group() : value);
  }
}
