package dev.holdfast.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every sound document with its effective values, bound to its record, by exact name.
final class Bindings {
  private final Documents documents;
  private final Layers layers;
  private final Findings findings;
  private final Map<String, Bound<?>> bound = new LinkedHashMap<>();
  private final Map<String, List<String>> members = new LinkedHashMap<>();

  Bindings(Documents documents, Layers layers, Findings findings) {
    this.documents = documents;
    this.layers = layers;
    this.findings = findings;
    documents.all().values().forEach(kind -> kind.values().forEach(layers::check));
    for (var kind : Kind.values()) {
      documents.concrete(kind).forEach(this::bind);
    }
    documents.concrete(Kind.SOURCE_GROUP).forEach(this::expand);
  }

  <T> Optional<Bound<T>> get(Kind kind, String name, Class<T> body) {
    return Optional.ofNullable(bound.get(kind + "/" + name)).flatMap(found -> as(found, body));
  }

  /// All of a kind, in the order they were read; members of groups come last.
  <T> List<Bound<T>> all(Kind kind, Class<T> body) {
    return bound.values().stream()
        .filter(one -> one.document().kind() == kind)
        .flatMap(one -> as(one, body).stream())
        .toList();
  }

  List<Bound<?>> all() {
    return List.copyOf(bound.values());
  }

  /// Names of the sources that a group stands for.
  List<String> membersOf(String group) {
    return members.getOrDefault(group, List.of());
  }

  private static <T> Optional<Bound<T>> as(Bound<?> bound, Class<T> body) {
    return body.isInstance(bound.body())
        ? Optional.of(new Bound<>(bound.document(), bound.values(), body.cast(bound.body())))
        : Optional.empty();
  }

  private void bind(Document document) {
    if (!layers.restsOnSound(document)) {
      return;
    }
    int before = findings.errors();
    var values = new Completer(findings).complete(document.kind(), layers.merged(document));
    if (findings.errors() == before) {
      var body = Binder.bind(document.kind(), values, document.kind().document());
      bound.put(document.kind() + "/" + document.name(), new Bound<>(document, values, body));
    }
  }

  private void expand(Document document) {
    var group = get(Kind.SOURCE_GROUP, document.name(), SourceGroupDocument.class);
    var names = new ArrayList<String>();
    for (var member : group.map(Groups::members).orElse(List.of())) {
      if (member.sound()) {
        names.add(member.name());
        documents.add(member);
        documents.markUsed(member);
        bind(member);
      } else {
        findings.error(
            member.place(),
            "members.nameTemplate",
            "the member name '" + YamlReader.printable(member.name()) + "' is no source name",
            "letters, digits, dot, dash and underscore, at most 255");
      }
    }
    members.put(document.name(), names);
  }
}
