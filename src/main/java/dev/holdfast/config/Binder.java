package dev.holdfast.config;

import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes records of checked and completed values.
final class Binder {

  private Binder() {}

  /// A document; `values` must have passed `Checker` and `Completer` without an error.
  static <T> T bind(Kind kind, Value.Fields values, Class<T> document) {
    return document.cast(record(Types.of(kind), values));
  }

  private static Object record(Type.RecordOf type, Value.Fields values) {
    var arguments = type.parts().stream().map(part -> argument(part, values)).toArray();
    try {
      return type.constructor().newInstance(arguments);
    } catch (InvocationTargetException | InstantiationException | IllegalAccessException refused) {
      throw new IllegalStateException(
          "a checked " + type.record().getSimpleName() + " at " + values.place() + " was refused",
          refused);
    }
  }

  private static Object argument(Type.Part part, Value.Fields values) {
    return switch (part) {
      case Type.FlatOf(var inner) -> record(inner, values);
      case Type.KeyOf key -> {
        var value = values.get(key.name());
        if (key.optional()) {
          yield value.map(given -> bound(key.type(), given));
        }
        yield value.map(given -> bound(key.type(), given)).orElseGet(() -> nothing(key, values));
      }
    };
  }

  private static Object nothing(Type.KeyOf key, Value.Fields values) {
    return switch (key.type()) {
      case Type.ListOf _ -> List.of();
      case Type.MapOf _ -> Map.of();
      case Type.PartialOf _ -> Value.Fields.empty(Origin.builtIn(values.place()));
      case Type.Scalar _, Type.RecordOf _ ->
          throw new IllegalStateException(key.name() + " is missing at " + values.place());
    };
  }

  private static Object bound(Type type, Value value) {
    return switch (type) {
      case Type.Scalar scalar -> scalar(scalar, value);
      case Type.PartialOf _ -> value;
      case Type.RecordOf record -> record(record, fields(value));
      case Type.MapOf(var element) -> map(element, fields(value));
      case Type.ListOf list ->
          items(value).stream().map(item -> bound(list.element(), item)).toList();
    };
  }

  private static Map<String, Object> map(Type element, Value.Fields fields) {
    Map<String, Object> bound = new LinkedHashMap<>();
    fields.fields().forEach((key, field) -> bound.put(key, bound(element, field.value())));
    return bound;
  }

  private static Object scalar(Type.Scalar type, Value value) {
    var read = value instanceof Value.Text text ? type.reading().read(text) : Optional.empty();
    return read.orElseThrow(
        () -> new IllegalStateException("not " + type.words() + " at " + value.place()));
  }

  private static Value.Fields fields(Value value) {
    if (value instanceof Value.Fields fields) {
      return fields;
    }
    throw new IllegalStateException("no object at " + value.place());
  }

  private static List<Value> items(Value value) {
    if (value instanceof Value.Items(var items, _)) {
      return items;
    }
    throw new IllegalStateException("no list at " + value.place());
  }
}
