package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Compares a document with its description: unknown keys, wrong types, missing keys in list
/// items. What a document may inherit is not asked for here but in `Completer`.
final class Checker {
  private static final Pattern CREDENTIALS = Pattern.compile("://[^/\\s]*@");
  static final String APPEND = "$append";
  static final String REMOVE = "$remove";

  private final Findings findings;

  Checker(Findings findings) {
    this.findings = findings;
  }

  /// The whole document of a kind.
  void document(Kind kind, Value.Fields document) {
    record(Types.of(kind), document, "", true);
  }

  /// @param inherits true: missing keys may come from elsewhere, and lists may be changed instead
  ///     of replaced
  private void check(Type type, Value value, String path, boolean inherits) {
    switch (type) {
      case Type.Scalar scalar -> scalar(scalar, value, path);
      case Type.ListOf list -> list(list, value, path, inherits);
      case Type.MapOf map -> map(map, value, path);
      case Type.RecordOf record -> record(record, value, path, inherits);
      case Type.PartialOf(var kind) -> partial(kind, value, path);
    }
  }

  private void scalar(Type.Scalar type, Value value, String path) {
    if (!(value instanceof Value.Text text)) {
      wrong(value, path, "is " + article(value), type.words(), type.hint());
    } else if (text.core() == Value.Core.NULL) {
      findings.error(
          value.place(), path, path + " has no value", "remove the key, or " + type.hint());
    } else if (type.reading().read(text).isEmpty()) {
      wrong(value, path, "is " + article(text), type.words(), hint(type, text));
    }
  }

  private static String hint(Type.Scalar type, Value.Text text) {
    if (type.wantsText() && text.core() != Value.Core.STRING) {
      return "put it in quotes; " + type.hint();
    }
    if (type.schema().get("enum") instanceof List<?> words) {
      var near = Suggestion.nearest(text.text(), words.stream().map(String::valueOf).toList());
      return near.map(word -> "did you mean '" + word + "'? ").orElse("") + type.hint();
    }
    return type.hint();
  }

  private void list(Type.ListOf type, Value value, String path, boolean inherits) {
    var wide = type.widened(value);
    switch (wide) {
      case Value.Items(var items, _) -> items(type, items, value, path);
      case Value.Fields change when inherits && isChange(change) ->
          change.fields().forEach((key, field) -> listChange(type, key, field, path + "." + key));
      case Value.Fields _, Value.Text _ ->
          wrong(
              value,
              path,
              "is " + article(value),
              "a list",
              "write it as [a, b], or as lines with '- '");
    }
  }

  private void items(Type.ListOf type, List<Value> items, Value value, String path) {
    if (items.size() < type.fewest()) {
      findings.error(value.place(), path, path + " is empty", "name at least one");
    }
    for (int i = 0; i < items.size(); i++) {
      check(type.element(), items.get(i), path + "[" + i + "]", false);
    }
  }

  private void listChange(Type.ListOf type, String key, Value.Field field, String path) {
    if (!isChangeKey(key)) {
      findings.error(
          field.key(),
          path,
          "'" + YamlReader.printable(key) + "' does not change a list",
          "write $append and $remove only");
    } else {
      list(new Type.ListOf(type.element(), 0, type.shorthand()), field.value(), path, false);
    }
  }

  static boolean isChange(Value.Fields fields) {
    return fields.fields().keySet().stream().anyMatch(Checker::isChangeKey);
  }

  private static boolean isChangeKey(String key) {
    return key.equals(APPEND) || key.equals(REMOVE);
  }

  private void map(Type.MapOf type, Value value, String path) {
    if (!(value instanceof Value.Fields fields)) {
      wrong(value, path, "is " + article(value), "an object", "write it as key: value lines");
      return;
    }
    fields
        .fields()
        .forEach((key, field) -> check(type.element(), field.value(), inside(path, key), false));
  }

  private void partial(Kind kind, Value value, String path) {
    var ownOnly = Types.ownOnly();
    if (value instanceof Value.Fields fields) {
      fields.fields().entrySet().stream()
          .filter(entry -> ownOnly.contains(entry.getKey()))
          .forEach(
              entry ->
                  findings.error(
                      entry.getValue().key(),
                      path,
                      "'" + entry.getKey() + "' cannot be inherited",
                      "write it in each " + kind.spelling()));
      record(Types.of(kind), fields.without(ownOnly), path, true);
    } else {
      wrong(value, path, "is " + article(value), "an object", "write keys of a " + kind.spelling());
    }
  }

  private void record(Type.RecordOf type, Value value, String path, boolean inherits) {
    if (!(value instanceof Value.Fields fields)) {
      notARecord(type, value, path);
      return;
    }
    fields
        .fields()
        .forEach(
            (key, field) -> {
              var known = type.key(key);
              if (known.isPresent()) {
                check(known.get().type(), field.value(), inside(path, key), inherits);
              } else {
                unknown(type, key, field.key(), path);
              }
            });
    if (type.isChoice() && fields.fields().size() != 1) {
      findings.error(
          value.place(),
          path,
          path + " names " + fields.fields().size() + " providers",
          "name exactly one of " + String.join(", ", type.names()));
    } else if (!inherits) {
      type.keys()
          .filter(key -> key.required() && fields.get(key.name()).isEmpty())
          .forEach(key -> missing(findings, value.place(), inside(path, key.name()), key));
    }
  }

  private void notARecord(Type.RecordOf type, Value value, String path) {
    if (type.record() == Secret.class || type.isChoice()) {
      findings.error(
          value.place(),
          path,
          path + " is written out, and a secret never is",
          "write where it comes from, as { secretRef: { env: NAME } }, and change the secret");
    } else {
      wrong(
          value,
          path,
          "is " + article(value),
          "an object",
          "its keys are " + String.join(", ", type.names()));
    }
  }

  private void unknown(Type.RecordOf type, String key, Place place, String path) {
    findings.error(
        place,
        inside(path, key),
        "'"
            + YamlReader.printable(key)
            + "' is not a key of "
            + (path.isEmpty() ? "this kind" : path),
        Suggestion.among(key, type.names(), "known"));
  }

  /// One wording for a missing key, wherever it is missed.
  static void missing(Findings findings, Place place, String path, Type.KeyOf key) {
    findings.error(place, path, path + " is missing", "add it: " + key.description());
  }

  private void wrong(Value value, String path, String is, String words, String hint) {
    findings.error(value.place(), path, path + " " + is + ", not " + words, hint);
  }

  private static String article(Value value) {
    return switch (value) {
      case Value.Fields _ -> "an object";
      case Value.Items _ -> "a list";
      case Value.Text text -> "'" + masked(YamlReader.printable(text.text())) + "'";
    };
  }

  /// Credentials in a URL are a mistake that must not be repeated in a log.
  private static String masked(String text) {
    return CREDENTIALS.matcher(text).replaceAll("://***@");
  }

  static String inside(String path, String key) {
    var name = YamlReader.printable(key);
    return path.isEmpty() ? name : path + "." + name;
  }

  /// The scalar at a path, when it is one; for rules that need a single value.
  static Optional<Value.Text> scalarAt(Value.Fields fields, String... path) {
    Value at = fields;
    for (var key : path) {
      var next = at instanceof Value.Fields inner ? inner.get(key) : Optional.<Value>empty();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return at instanceof Value.Text text ? Optional.of(text) : Optional.empty();
  }
}
