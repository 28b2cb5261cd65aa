package dev.holdfast.config;

import java.util.List;

/// Each effective value of one declared object, and where it came from.
///
/// @param name as declared
/// @param entries in the order of the description, nested keys joined by dots
public record Explanation(Kind kind, String name, List<Entry> entries) {

  /// One value.
  ///
  /// @param value as it would be written in YAML
  /// @param origin `file:line`, with the layer it belongs to; or `default`
  public record Entry(String path, String value, String origin) {}

  public Explanation {
    entries = List.copyOf(entries);
  }

  /// For people: one value a line, origins in a column.
  public String text() {
    int keys = entries.stream().mapToInt(entry -> entry.path().length()).max().orElse(0);
    int values =
        entries.stream()
            .mapToInt(entry -> entry.value().length())
            .filter(n -> n <= 40)
            .max()
            .orElse(0);
    var text = new StringBuilder(kind.spelling() + "/" + name + "\n");
    for (var entry : entries) {
      text.append("  ")
          .append(padded(entry.path(), keys))
          .append("  ")
          .append(padded(entry.value(), values))
          .append("  # ")
          .append(entry.origin())
          .append('\n');
    }
    return text.toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
