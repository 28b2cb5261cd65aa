package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import java.util.Locale;

/// One document of the repository, after its header was understood.
///
/// @param sound false: it has errors of its own, so that it is only known by name
record Document(Kind kind, String name, Value.Fields fields, boolean sound) {

  Place place() {
    return fields.placeOf("name");
  }

  /// How names are compared: whatever the case.
  String key() {
    return folded(name);
  }

  boolean isAbstract() {
    return fields.text("abstract").filter(text -> text.equalsIgnoreCase("true")).isPresent();
  }

  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
