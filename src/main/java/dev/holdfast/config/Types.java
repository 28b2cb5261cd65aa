package dev.holdfast.config;

import dev.holdfast.model.declared.Key;
import dev.holdfast.model.declared.Later;
import dev.holdfast.model.declared.TextRule;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the records of the declarations into types. Stateless for callers; each record is read
/// once a process.
final class Types {
  static final String API_VERSION = "holdfast/v1";
  private static final Map<Kind, Type.RecordOf> KINDS = new EnumMap<>(Kind.class);
  private static final Map<Class<?>, Type.RecordOf> RECORDS = new HashMap<>();
  private static final List<String> OWN_ONLY =
      List.of("apiVersion", "kind", "name", "abstract", "extends", "moved");

  private Types() {}

  /// The whole document of a kind.
  static synchronized Type.RecordOf of(Kind kind) {
    var known = KINDS.get(kind);
    if (known == null) {
      known = named(kind, record(kind.document()));
      KINDS.put(kind, known);
    }
    return known;
  }

  /// The keys of a kind that may come from `defaults`, from `extends` or from a template.
  static List<String> inheritable(Kind kind) {
    return of(kind).names().stream().filter(name -> !OWN_ONLY.contains(name)).toList();
  }

  /// The keys that belong to one document and are never inherited.
  static List<String> ownOnly() {
    return OWN_ONLY;
  }

  private static Type.RecordOf named(Kind kind, Type.RecordOf plain) {
    var parts =
        plain.parts().stream()
            .map(part -> part instanceof Type.FlatOf(var inner) ? flat(kind, inner) : part)
            .toList();
    return new Type.RecordOf(plain.record(), plain.constructor(), parts);
  }

  private static Type.Part flat(Kind kind, Type.RecordOf inner) {
    if (inner.record() != Header.class) {
      return new Type.FlatOf(inner);
    }
    var parts =
        inner.parts().stream()
            .map(part -> part instanceof Type.KeyOf key ? headerKey(kind, key) : part)
            .toList();
    return new Type.FlatOf(new Type.RecordOf(inner.record(), inner.constructor(), parts));
  }

  private static Type.Part headerKey(Kind kind, Type.KeyOf key) {
    var type =
        switch (key.name()) {
          case "apiVersion" -> Scalars.constant(API_VERSION);
          case "kind" -> Scalars.constant(kind.spelling());
          case "name" -> Scalars.text(kind == Kind.BACKUP_SET ? TextRule.SET_NAME : TextRule.NAME);
          default -> key.type();
        };
    return new Type.KeyOf(
        key.name(), type, key.optional(), key.initially(), key.later(), key.description());
  }

  private static Type.RecordOf record(Class<?> record) {
    var known = RECORDS.get(record);
    if (known != null) {
      return known;
    }
    var parts = Arrays.stream(record.getRecordComponents()).map(Types::part).toList();
    var type = new Type.RecordOf(record, constructor(record), parts);
    RECORDS.put(record, type);
    return type;
  }

  private static Constructor<?> constructor(Class<?> record) {
    try {
      return record.getDeclaredConstructor(
          Arrays.stream(record.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new));
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(record + " has no canonical constructor", impossible);
    }
  }

  private static Type.Part part(RecordComponent component) {
    if (component.getAnnotation(Flat.class) != null) {
      return new Type.FlatOf(record(component.getType()));
    }
    var key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalStateException(component + " has no description");
    }
    var type = component.getGenericType();
    boolean optional = component.getType() == Optional.class;
    return new Type.KeyOf(
        key.name().isEmpty() ? component.getName() : key.name(),
        type(optional ? argument(type, 0) : type, component, key),
        optional,
        Optional.of(key.initially()).filter(text -> !text.isEmpty()),
        Optional.ofNullable(component.getAnnotation(Later.class)),
        key.value());
  }

  private static Type type(java.lang.reflect.Type type, RecordComponent component, Key key) {
    var part = component.getAnnotation(PartOf.class);
    if (part != null) {
      return new Type.PartialOf(part.value());
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return new Type.ListOf(type(argument(type, 0), component, key), key.min(), key.shorthand());
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      return new Type.MapOf(type(argument(type, 1), component, key));
    }
    if (type instanceof Class<?> plain) {
      var scalar = Scalars.of(plain, key);
      return scalar.isPresent() ? scalar.get() : record(plain);
    }
    throw new IllegalStateException(component + " has no type that YAML can hold");
  }

  private static java.lang.reflect.Type argument(java.lang.reflect.Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
