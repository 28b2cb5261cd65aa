package dev.holdfast.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The JSON Schema (2020-12) of each kind, from the same description that the reader uses. What a
/// document may inherit is not required here; names that must exist elsewhere are not known here.
public final class Schemas {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private Schemas() {}

  /// The schema as JSON text, indented, ending with a newline.
  public static String of(Kind kind) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DIALECT);
    schema.put("title", kind.spelling());
    schema.putAll(record(Types.of(kind), true));
    schema.put("required", List.of("apiVersion", "kind", "name"));
    var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    return json.writeValueAsString(schema) + "\n";
  }

  private static Map<String, Object> schema(Type type, boolean inherits) {
    return switch (type) {
      case Type.Scalar scalar -> new LinkedHashMap<>(scalar.schema());
      case Type.ListOf list -> list(list, inherits);
      case Type.MapOf(var element) -> object("additionalProperties", schema(element, false));
      case Type.RecordOf record -> record(record, inherits);
      case Type.PartialOf(var kind) -> partial(kind);
    };
  }

  private static Map<String, Object> list(Type.ListOf list, boolean inherits) {
    var plain = array(list, list.fewest());
    var single = list.shorthand().isEmpty() ? List.<Object>of() : List.<Object>of(single(list));
    if (!inherits) {
      return single.isEmpty() ? plain : Map.of("anyOf", List.of(plain, single.getFirst()));
    }
    var items = array(list, 0);
    Object change = single.isEmpty() ? items : Map.of("anyOf", List.of(items, single.getFirst()));
    var changes = object("properties", Map.of(Checker.APPEND, change, Checker.REMOVE, change));
    changes.put("additionalProperties", false);
    changes.put("minProperties", 1);
    return single.isEmpty()
        ? Map.of("anyOf", List.of(plain, changes))
        : Map.of("anyOf", List.of(plain, changes, single.getFirst()));
  }

  private static Map<String, Object> array(Type.ListOf list, long fewest) {
    Map<String, Object> array = new LinkedHashMap<>();
    array.put("type", "array");
    array.put("items", schema(list.element(), false));
    if (fewest > 0) {
      array.put("minItems", fewest);
    }
    return array;
  }

  private static Map<String, Object> single(Type.ListOf list) {
    if (list.shorthand().equals(Type.ListOf.ITEM)
        || !(list.element() instanceof Type.RecordOf record)) {
      return schema(list.element(), false);
    }
    return schema(record.key(list.shorthand()).orElseThrow().type(), false);
  }

  private static Map<String, Object> record(Type.RecordOf record, boolean inherits) {
    Map<String, Object> properties = new LinkedHashMap<>();
    record.keys().forEach(key -> properties.put(key.name(), described(key, inherits)));
    var schema = object("properties", properties);
    schema.put("additionalProperties", false);
    if (record.isChoice()) {
      schema.put("minProperties", 1);
      schema.put("maxProperties", 1);
    }
    var required = record.keys().filter(Type.KeyOf::required).map(Type.KeyOf::name).toList();
    if (!inherits && !required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private static Map<String, Object> described(Type.KeyOf key, boolean inherits) {
    Map<String, Object> schema = new LinkedHashMap<>();
    var later = key.later().isPresent() ? " (read and checked; not available in a run yet)" : "";
    schema.put("description", key.description() + later);
    key.initially().ifPresent(text -> schema.put("default", initial(key, text)));
    schema.putAll(schema(key.type(), inherits));
    return schema;
  }

  private static Object initial(Type.KeyOf key, String text) {
    boolean word = key.type() instanceof Type.Scalar scalar && scalar.wantsText();
    return switch (word ? Value.Core.STRING : CoreSchema.resolve(text)) {
      case BOOLEAN -> Boolean.parseBoolean(text);
      case INTEGER -> Long.parseLong(text);
      case NULL, FLOAT, STRING -> text;
    };
  }

  private static Map<String, Object> partial(Kind kind) {
    var inheritable = Types.inheritable(kind);
    var whole = record(Types.of(kind), true);
    if (whole.get("properties") instanceof Map<?, ?> properties) {
      Map<String, Object> fewer = new LinkedHashMap<>();
      inheritable.forEach(name -> fewer.put(name, properties.get(name)));
      whole.put("properties", fewer);
    }
    return whole;
  }

  private static Map<String, Object> object(String key, Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put(key, value);
    return object;
  }
}
