package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A YAML value with its origin, not yet of any type.
sealed interface Value {

  Origin origin();

  /// The same value, brought by another layer.
  Value layered(String layer);

  default Place place() {
    return origin().place();
  }

  /// A scalar: its characters, and what they are by the core schema of YAML 1.2.
  record Text(String text, Core core, Origin origin) implements Value {
    @Override
    public Text layered(String layer) {
      return new Text(text, core, new Origin(origin.place(), layer));
    }
  }

  /// A sequence.
  record Items(List<Value> items, Origin origin) implements Value {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public Items layered(String layer) {
      return new Items(
          items.stream().map(item -> item.layered(layer)).toList(),
          new Origin(origin.place(), layer));
    }
  }

  /// A mapping, in the order written.
  record Fields(Map<String, Field> fields, Origin origin) implements Value {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static Fields empty(Origin origin) {
      return new Fields(Map.of(), origin);
    }

    Optional<Value> get(String key) {
      return Optional.ofNullable(fields.get(key)).map(Field::value);
    }

    /// The characters of a scalar; empty when the key is absent or no scalar.
    Optional<String> text(String key) {
      return get(key).filter(Text.class::isInstance).map(Text.class::cast).map(Text::text);
    }

    /// The value's place, else this mapping's.
    Place placeOf(String key) {
      return get(key).map(Value::place).orElseGet(this::place);
    }

    Fields with(String key, Value value) {
      var changed = new LinkedHashMap<>(fields);
      changed.put(key, new Field(value.place(), value));
      return new Fields(changed, origin);
    }

    Fields without(List<String> keys) {
      var changed = new LinkedHashMap<>(fields);
      changed.keySet().removeAll(keys);
      return new Fields(changed, origin);
    }

    Fields mapped(Function<Value, Value> change) {
      var changed = new LinkedHashMap<String, Field>();
      fields.forEach(
          (key, field) -> changed.put(key, new Field(field.key(), change.apply(field.value()))));
      return new Fields(changed, origin);
    }

    @Override
    public Fields layered(String layer) {
      var inner = mapped(value -> value.layered(layer));
      return new Fields(inner.fields(), new Origin(origin.place(), layer));
    }
  }

  /// A value with the place of its key.
  record Field(Place key, Value value) {}

  /// What a scalar is by the core schema, before anyone asks for a type.
  enum Core {
    NULL,
    BOOLEAN,
    INTEGER,
    FLOAT,
    STRING
  }
}
