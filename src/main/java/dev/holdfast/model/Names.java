package dev.holdfast.model;

import java.util.regex.Pattern;

/// The rules for names that end up in file names, labels and object keys.
final class Names {

  /// No separator, no leading dot or dash: safe as a file name, as an operand and in a shell.
  static final Pattern RELAXED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,254}");

  private Names() {}

  static String check(Pattern rule, String kind, String value) {
    if (!rule.matcher(value).matches()) {
      throw new IllegalArgumentException(kind + " '" + value + "' does not match " + rule);
    }
    return value;
  }
}
