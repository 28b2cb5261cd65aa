package dev.holdfast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The effective values of all declared objects, each with its origin.
public final class Effective {
  private final List<Bound<?>> objects;
  private final Map<String, List<Explanation.Entry>> proofs;

  /// @param proofs what policies come to, by `KIND/NAME`
  Effective(List<Bound<?>> objects, Map<String, List<Explanation.Entry>> proofs) {
    this.objects = List.copyOf(objects);
    this.proofs = Map.copyOf(proofs);
  }

  /// Names of everything that can be explained, as `KIND/NAME`, sorted.
  public List<String> names() {
    return objects.stream().map(Effective::fullName).sorted().toList();
  }

  List<Explanation> explain(String wanted) {
    var name = Document.folded(wanted);
    return objects.stream()
        .filter(
            one -> one.document().key().equals(name) || Document.folded(fullName(one)).equals(name))
        .map(this::explanation)
        .toList();
  }

  private static String fullName(Bound<?> one) {
    return one.document().kind().spelling() + "/" + one.name();
  }

  private Explanation explanation(Bound<?> one) {
    var entries = new ArrayList<Explanation.Entry>();
    one.values()
        .fields()
        .forEach(
            (key, field) -> {
              if (!Types.ownOnly().contains(key) || key.equals("extends")) {
                flatten(Checker.inside("", key), field.value(), entries);
              }
            });
    entries.addAll(proofs.getOrDefault(fullName(one), List.of()));
    return new Explanation(one.document().kind(), one.name(), entries);
  }

  private static void flatten(String path, Value value, List<Explanation.Entry> entries) {
    switch (value) {
      case Value.Fields fields when !fields.fields().isEmpty() ->
          fields
              .fields()
              .forEach((key, field) -> flatten(Checker.inside(path, key), field.value(), entries));
      case Value.Items(var items, _) when !isPlain(items) -> {
        for (int i = 0; i < items.size(); i++) {
          flatten(path + "[" + i + "]", items.get(i), entries);
        }
      }
      case Value.Fields _, Value.Items _, Value.Text _ ->
          entries.add(new Explanation.Entry(path, shown(value), value.origin().text()));
    }
  }

  private static boolean isPlain(List<Value> items) {
    return items.stream().allMatch(Value.Text.class::isInstance);
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Text text -> quoted(text);
      case Value.Items(var items, _) ->
          items.stream().map(Effective::shown).collect(Collectors.joining(", ", "[", "]"));
      case Value.Fields _ -> "{}";
    };
  }

  private static String quoted(Value.Text text) {
    var shown = text.text().contains("\n") ? text.text().strip().replace("\n", "\\n") : text.text();
    boolean ambiguous =
        text.core() == Value.Core.STRING && CoreSchema.resolve(text.text()) != Value.Core.STRING;
    return ambiguous ? "\"" + shown + "\"" : shown;
  }
}
