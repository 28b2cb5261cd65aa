package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds the built-in defaults to a merged document, and says what is still missing.
final class Completer {
  private final Findings findings;

  Completer(Findings findings) {
    this.findings = findings;
  }

  /// Every key with a default is present afterwards, in the order of the description.
  Value.Fields complete(Kind kind, Value.Fields merged) {
    return record(Types.of(kind), merged, "");
  }

  private Value.Fields record(Type.RecordOf type, Value.Fields fields, String path) {
    var complete = new LinkedHashMap<String, Value.Field>();
    type.keys()
        .forEach(
            key -> {
              var at = Checker.inside(path, key.name());
              var given = fields.fields().get(key.name());
              if (given != null) {
                complete.put(
                    key.name(), new Value.Field(given.key(), value(key.type(), given.value(), at)));
              } else {
                absent(key, fields.place(), at, complete);
              }
            });
    return new Value.Fields(complete, fields.origin());
  }

  private void absent(Type.KeyOf key, Place place, String path, Map<String, Value.Field> complete) {
    var origin = Origin.builtIn(place);
    if (key.type() instanceof Type.Scalar scalar && key.initially().isPresent()) {
      var text = key.initially().get();
      var core = scalar.wantsText() ? Value.Core.STRING : CoreSchema.resolve(text);
      complete.put(key.name(), new Value.Field(place, new Value.Text(text, core, origin)));
    } else if (key.type() instanceof Type.RecordOf record
        && !key.optional()
        && !record.isChoice()) {
      complete.put(
          key.name(),
          new Value.Field(
              place, record(record, Value.Fields.empty(new Origin(place, Origin.BUILT_IN)), path)));
    } else if (key.required()) {
      Checker.missing(findings, place, path, key);
    }
  }

  private Value value(Type type, Value value, String path) {
    return switch (type) {
      case Type.Scalar _, Type.PartialOf _ -> value;
      case Type.RecordOf record ->
          value instanceof Value.Fields fields ? record(record, fields, path) : value;
      case Type.MapOf(var element) -> map(element, value, path);
      case Type.ListOf list -> list(list, list.widened(value), path);
    };
  }

  private Value map(Type element, Value value, String path) {
    if (!(value instanceof Value.Fields fields)) {
      return value;
    }
    var complete = new LinkedHashMap<String, Value.Field>();
    fields
        .fields()
        .forEach(
            (key, field) ->
                complete.put(
                    key,
                    new Value.Field(
                        field.key(), value(element, field.value(), Checker.inside(path, key)))));
    return new Value.Fields(complete, fields.origin());
  }

  private Value list(Type.ListOf list, Value value, String path) {
    if (!(value instanceof Value.Items(var items, var origin))) {
      return value;
    }
    if (items.size() < list.fewest()) {
      findings.error(value.place(), path, path + " is empty", "name at least one");
    }
    List<Value> complete = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      complete.add(value(list.element(), list.widenedItem(items.get(i)), path + "[" + i + "]"));
    }
    return new Value.Items(complete, origin);
  }
}
