package dev.holdfast.config;

import dev.holdfast.model.declared.Later;
import dev.holdfast.model.declared.Secret;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a value of the YAML must be: read from the records of the model, once. The reader checks
/// and binds with it, `Schemas` writes it down, `Completer` takes the defaults from it.
sealed interface Type {

  /// One word or number.
  ///
  /// @param words what it is, for people: "is 'x', not {words}"
  /// @param schema the same rule as JSON Schema
  record Scalar(String words, String hint, Map<String, Object> schema, Reading reading)
      implements Type {
    boolean wantsText() {
      return "string".equals(schema.get("type"));
    }
  }

  /// Reads a scalar; empty when it is not of the type.
  @FunctionalInterface
  interface Reading {
    Optional<Object> read(Value.Text scalar);
  }

  /// A sequence of at least `fewest`.
  ///
  /// @param shorthand empty, or the key of the item that a single scalar stands for, or `item`
  record ListOf(Type element, long fewest, String shorthand) implements Type {
    static final String ITEM = "item";

    /// A single scalar as the list it stands for.
    Value widened(Value value) {
      boolean single = !shorthand.isEmpty() && value instanceof Value.Text;
      return single ? new Value.Items(List.of(widenedItem(value)), value.origin()) : value;
    }

    /// A scalar as the item it stands for.
    Value widenedItem(Value value) {
      boolean whole = shorthand.isEmpty() || shorthand.equals(ITEM);
      return !whole && value instanceof Value.Text
          ? Value.Fields.empty(value.origin()).with(shorthand, value)
          : value;
    }
  }

  /// A mapping whose keys people choose.
  record MapOf(Type element) implements Type {}

  /// Some keys of a kind, checked but kept as a value.
  record PartialOf(Kind kind) implements Type {}

  /// A mapping with known keys, bound to a record.
  record RecordOf(Class<?> record, Constructor<?> constructor, List<Part> parts) implements Type {
    Stream<KeyOf> keys() {
      return parts.stream()
          .flatMap(
              part ->
                  switch (part) {
                    case KeyOf key -> Stream.of(key);
                    case FlatOf(var inner) -> inner.keys();
                  });
    }

    Optional<KeyOf> key(String name) {
      return keys().filter(key -> key.name().equals(name)).findFirst();
    }

    List<String> names() {
      return keys().map(KeyOf::name).toList();
    }

    /// True when exactly one key may be given.
    boolean isChoice() {
      return record == Secret.Ref.class;
    }
  }

  /// A component of a record.
  sealed interface Part {}

  /// A component that is one key.
  record KeyOf(
      String name,
      Type type,
      boolean optional,
      Optional<String> initially,
      Optional<Later> later,
      String description)
      implements Part {

    /// True when an object without this key is incomplete.
    boolean required() {
      return switch (type) {
        case Scalar _ -> !optional && initially.isEmpty();
        case ListOf list -> list.fewest() > 0;
        case RecordOf record ->
            !optional && (record.isChoice() || record.keys().anyMatch(KeyOf::required));
        case MapOf _, PartialOf _ -> false;
      };
    }
  }

  /// A component whose own keys stand beside the others.
  record FlatOf(RecordOf inner) implements Part {}
}
