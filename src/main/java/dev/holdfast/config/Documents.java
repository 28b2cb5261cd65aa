package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All documents by kind and name, and which of them somebody refers to.
final class Documents {
  private final Map<Kind, Map<String, Document>> byName = new EnumMap<>(Kind.class);
  private final Set<String> used = new HashSet<>();
  private final Findings findings;

  Documents(Findings findings) {
    this.findings = findings;
  }

  /// Takes a document in; a second one of the same name is a finding.
  void add(Document document) {
    if (document.name().isEmpty()) {
      return;
    }
    for (var kind : sharingNames(document.kind())) {
      var first = of(kind).get(document.key());
      if (first != null) {
        findings.error(
            document.place(),
            "name",
            document.kind().spelling()
                + " '"
                + YamlReader.printable(document.name())
                + "' is already the name of a "
                + kind.spelling()
                + " in "
                + first.place(),
            "names differ in more than their case; rename one of them");
        return;
      }
    }
    byName
        .computeIfAbsent(document.kind(), _ -> new LinkedHashMap<>())
        .put(document.key(), document);
  }

  /// Kinds that one command line names alike.
  private static List<Kind> sharingNames(Kind kind) {
    return switch (kind) {
      case SOURCE, SOURCE_GROUP -> List.of(Kind.SOURCE, Kind.SOURCE_GROUP);
      case BACKUP_SET, JOB -> List.of(Kind.BACKUP_SET, Kind.JOB);
      case STORAGE, STAGING, SCHEDULE, DRILL, PROJECT -> List.of(kind);
    };
  }

  Map<String, Document> of(Kind kind) {
    return byName.getOrDefault(kind, Map.of());
  }

  Map<Kind, Map<String, Document>> all() {
    return byName;
  }

  Collection<Document> concrete(Kind kind) {
    return of(kind).values().stream().filter(document -> !document.isAbstract()).toList();
  }

  /// The document a name refers to, of the first kind that has it; an unknown name is a finding,
  /// unless names were lost with a broken file.
  Optional<Document> find(String name, Place place, String path, Kind... kinds) {
    for (var kind : kinds) {
      var found = of(kind).get(Document.folded(name));
      if (found != null && found.name().equals(name)) {
        used.add(id(found));
        return concrete(found, place, path);
      }
    }
    if (findings.isFull()) {
      findings.error(place, path, name, "");
    } else if (!findings.namesLost()) {
      var known =
          List.of(kinds).stream()
              .flatMap(kind -> concrete(kind).stream())
              .map(Document::name)
              .toList();
      findings.error(
          place,
          path,
          word(kinds[0])
              + " '"
              + YamlReader.printable(name)
              + "' is not declared in "
              + kinds[0].folder()
              + "/",
          Suggestion.among(name, known, "declared"));
    }
    return Optional.empty();
  }

  private Optional<Document> concrete(Document found, Place place, String path) {
    if (!found.isAbstract()) {
      return Optional.of(found);
    }
    findings.error(
        place,
        path,
        word(found.kind()) + " '" + found.name() + "' is abstract",
        "refer to a document that extends it");
    return Optional.empty();
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case BACKUP_SET -> "backup set";
      case SOURCE_GROUP -> "source group";
      case SOURCE, STORAGE, STAGING, SCHEDULE, JOB, DRILL, PROJECT ->
          Document.folded(kind.spelling());
    };
  }

  void markUsed(Document document) {
    used.add(id(document));
  }

  /// Warns of what nobody refers to; silent while names may be missing.
  void warnUnused(Layers layers) {
    if (findings.namesLost()) {
      return;
    }
    for (var kind :
        List.of(Kind.SOURCE, Kind.SOURCE_GROUP, Kind.STORAGE, Kind.STAGING, Kind.SCHEDULE)) {
      concrete(kind).stream()
          .filter(document -> !used.contains(id(document)))
          .forEach(document -> unused(document, "nothing refers to it"));
    }
    byName.values().stream()
        .flatMap(documents -> documents.values().stream())
        .filter(document -> document.isAbstract() && !layers.isExtended(document))
        .forEach(document -> unused(document, "nothing extends it"));
  }

  private void unused(Document document, String why) {
    findings.warning(
        document.place(),
        "name",
        word(document.kind()) + " '" + document.name() + "' is declared, but " + why,
        "refer to it, or remove it; stored data stay in either case");
  }

  private static String id(Document document) {
    return document.kind() + "/" + document.key();
  }
}
