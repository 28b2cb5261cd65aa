package dev.holdfast.config;

import dev.holdfast.model.declared.Place;

/// Where a value came from: its place, and the layer that brought it (empty = the document itself).
record Origin(Place place, String layer) {
  static final String BUILT_IN = "default";

  static Origin at(Place place) {
    return new Origin(place, "");
  }

  /// A built-in default; the place is that of the object that lacks the value.
  static Origin builtIn(Place place) {
    return new Origin(place, BUILT_IN);
  }

  boolean isBuiltIn() {
    return layer.equals(BUILT_IN);
  }

  /// For people: `backupsets/web.yaml:14`, with the layer before it when there is one.
  String text() {
    if (isBuiltIn()) {
      return BUILT_IN;
    }
    var line = place.file() + ":" + place.line();
    return layer.isEmpty() ? line : layer + " (" + line + ")";
  }
}
