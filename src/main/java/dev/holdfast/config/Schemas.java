package dev.holdfast.config;

/// The JSON Schema (2020-12) of each kind, from the same description that the reader uses.
public final class Schemas {

  private Schemas() {}

  /// The schema as JSON text, indented, ending with a newline.
  public static String of(Kind kind) {
    return "{\"title\": \"" + kind.spelling() + "\"}\n";
  }
}
