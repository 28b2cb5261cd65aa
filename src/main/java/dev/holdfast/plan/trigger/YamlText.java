package dev.holdfast.plan.trigger;

/// Text as a YAML scalar.
final class YamlText {

  private YamlText() {}

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
