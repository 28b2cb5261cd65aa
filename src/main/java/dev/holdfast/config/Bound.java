package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import java.util.Optional;

/// A document with all its effective values, and the record made of them.
record Bound<T>(Document document, Value.Fields values, T body) {

  String name() {
    return document.name();
  }

  /// Where the value at a path was written; the document's own place when nobody wrote it.
  Place placeOf(String... path) {
    Value at = values;
    for (var key : path) {
      var next = at instanceof Value.Fields fields ? fields.get(key) : Optional.<Value>empty();
      if (next.isEmpty()) {
        return at.place();
      }
      at = next.get();
    }
    return at.place();
  }
}
