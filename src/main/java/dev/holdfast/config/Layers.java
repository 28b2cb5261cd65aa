package dev.holdfast.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lays documents over what they inherit: `defaults.<Kind>` of the Project, then the chain of
/// `extends`, then the document. Maps merge; scalars and lists replace, unless the list says
/// `$append` or `$remove`.
final class Layers {
  private static final int DEEPEST = 3;
  private static final List<String> NOT_INHERITED = List.of("description", "comments");

  private final Map<Kind, Value.Fields> defaults;
  private final Map<Kind, Map<String, Document>> documents;
  private final Set<String> extended = new HashSet<>();
  private final Findings findings;

  Layers(
      Map<Kind, Value.Fields> defaults,
      Map<Kind, Map<String, Document>> documents,
      Findings findings) {
    this.defaults = new EnumMap<>(Kind.class);
    defaults.forEach(
        (kind, fields) -> this.defaults.put(kind, fields.layered("defaults." + kind.spelling())));
    this.documents = documents;
    this.findings = findings;
  }

  /// The document with all it inherits, before the built-in defaults.
  Value.Fields merged(Document document) {
    var merged = defaultsOf(document.kind(), document.fields().origin());
    for (var ancestor : ancestors(document).reversed()) {
      var own = ancestor.fields().without(Types.ownOnly()).without(NOT_INHERITED);
      merged = over(merged, own.layered("extends " + ancestor.name()));
    }
    return over(merged, document.fields());
  }

  /// False when something it inherits has errors of its own.
  boolean restsOnSound(Document document) {
    return document.sound() && ancestors(document).stream().allMatch(Document::sound);
  }

  /// True when some document extends this one.
  boolean isExtended(Document document) {
    return extended.contains(id(document));
  }

  /// Says once for each document what is wrong with its own `extends`.
  void check(Document document) {
    var wanted = document.fields().text("extends");
    if (wanted.isEmpty()) {
      return;
    }
    var place = document.fields().placeOf("extends");
    var parent = parentOf(document);
    var chain = ancestors(document);
    var what = document.kind().spelling() + " '" + YamlReader.printable(wanted.get()) + "'";
    if (parent.isEmpty()) {
      findings.error(
          place,
          "extends",
          what + " is not declared",
          Suggestion.among(wanted.get(), abstracts(document.kind()), "abstract"));
      return;
    }
    extended.add(id(parent.get()));
    if (chain.stream().anyMatch(ancestor -> id(ancestor).equals(id(document)))) {
      findings.error(
          place, "extends", what + " extends itself: " + way(document, chain), "break the circle");
    } else if (chain.size() > DEEPEST) {
      findings.error(
          place,
          "extends",
          "a chain of more than " + DEEPEST + " extends: " + way(document, chain),
          "flatten it");
    } else if (!parent.get().isAbstract()) {
      findings.error(
          place,
          "extends",
          what + " is not abstract",
          "write 'abstract: true' in "
              + parent.get().place().file()
              + ", or extend another document");
    }
  }

  private Value.Fields defaultsOf(Kind kind, Origin origin) {
    return Optional.ofNullable(defaults.get(kind)).orElseGet(() -> Value.Fields.empty(origin));
  }

  /// Nearest first; stops one behind the allowed depth, or where a circle closes.
  private List<Document> ancestors(Document document) {
    var chain = new ArrayList<Document>();
    var seen = new HashSet<String>();
    var next = parentOf(document);
    while (next.isPresent() && chain.size() <= DEEPEST && seen.add(id(next.get()))) {
      chain.add(next.get());
      next = parentOf(next.get());
    }
    return chain;
  }

  private Optional<Document> parentOf(Document document) {
    return document
        .fields()
        .text("extends")
        .map(Document::folded)
        .map(documents.getOrDefault(document.kind(), Map.of())::get);
  }

  private List<String> abstracts(Kind kind) {
    return documents.getOrDefault(kind, Map.of()).values().stream()
        .filter(Document::isAbstract)
        .map(Document::name)
        .toList();
  }

  private static String id(Document document) {
    return document.kind() + "/" + document.key();
  }

  private static String way(Document document, List<Document> chain) {
    return Stream.concat(Stream.of(document), chain.stream())
        .map(Document::name)
        .collect(Collectors.joining(" -> "));
  }

  /// One layer over another; changes of lists are applied, also where there is nothing below.
  static Value.Fields over(Value.Fields base, Value.Fields top) {
    var merged = new LinkedHashMap<>(base.fields());
    top.fields()
        .forEach(
            (key, field) -> {
              var below = merged.get(key);
              var value = merged(Optional.ofNullable(below).map(Value.Field::value), field.value());
              merged.put(key, new Value.Field(field.key(), value));
            });
    return new Value.Fields(merged, top.origin());
  }

  private static Value merged(Optional<Value> base, Value top) {
    if (!(top instanceof Value.Fields fields)) {
      return top;
    }
    if (Checker.isChange(fields)) {
      return changed(base, fields);
    }
    var below =
        base.filter(Value.Fields.class::isInstance)
            .map(Value.Fields.class::cast)
            .orElseGet(() -> Value.Fields.empty(fields.origin()));
    return over(below, fields);
  }

  private static Value changed(Optional<Value> base, Value.Fields change) {
    var items = new ArrayList<>(base.map(Layers::items).orElse(List.of()));
    var gone =
        change.get(Checker.REMOVE).map(Layers::items).orElse(List.of()).stream()
            .map(Canonical::text)
            .toList();
    items.removeIf(item -> gone.contains(Canonical.text(item)));
    items.addAll(change.get(Checker.APPEND).map(Layers::items).orElse(List.of()));
    return new Value.Items(items, change.origin());
  }

  private static List<Value> items(Value value) {
    return value instanceof Value.Items(var items, _) ? items : List.of(value);
  }
}
