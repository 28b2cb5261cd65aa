package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads files into documents: what each is, whether it stands in the right folder. The content is
/// not checked yet, since that needs the Project's variables.
final class DocumentReader {
  private final Findings findings;

  DocumentReader(Findings findings) {
    this.findings = findings;
  }

  /// The documents of all files, in their order.
  List<Document> read(List<RepositoryFiles.Raw> files) {
    var documents = new ArrayList<Document>();
    for (var file : files) {
      if (findings.isFull()) {
        findings.loseNames();
        break;
      }
      new YamlReader(file.name(), findings)
          .documents(file.text()).stream()
              .flatMap(value -> document(file.name(), value).stream())
              .forEach(documents::add);
    }
    return documents;
  }

  private Optional<Document> document(String file, Value value) {
    if (!(value instanceof Value.Fields fields)) {
      findings.error(
          value.place(),
          "",
          "a document is not an object with apiVersion, kind and name",
          "begin it with 'apiVersion: " + Types.API_VERSION + "'");
      findings.loseNames();
      return Optional.empty();
    }
    if (fields.get("apiVersion").isEmpty()) {
      findings.error(
          fields.place(),
          "apiVersion",
          "apiVersion is missing",
          "add 'apiVersion: " + Types.API_VERSION + "'");
    }
    var kind = kind(fields);
    if (kind.isEmpty() || fields.text("name").isEmpty()) {
      findings.loseNames();
    }
    kind.ifPresent(known -> checkFolder(known, file, fields.placeOf("kind")));
    return kind.map(known -> new Document(known, name(fields), fields, true));
  }

  private Optional<Kind> kind(Value.Fields fields) {
    var spelling = fields.text("kind");
    var known = Arrays.stream(Kind.values()).map(Kind::spelling).toList();
    if (spelling.isEmpty()) {
      findings.error(
          fields.placeOf("kind"),
          "kind",
          "kind is missing",
          "write one of " + String.join(", ", known));
      return Optional.empty();
    }
    var kind = Kind.of(spelling.get());
    if (kind.isEmpty()) {
      findings.error(
          fields.placeOf("kind"),
          "kind",
          "the kind '" + YamlReader.printable(spelling.get()) + "' is unknown",
          Suggestion.among(spelling.get(), known, "known"));
    }
    return kind;
  }

  private void checkFolder(Kind kind, String file, Place place) {
    if (!file.startsWith(kind.folder() + "/")) {
      findings.error(
          place,
          "kind",
          "a "
              + kind.spelling()
              + " does not belong into "
              + file.substring(0, file.indexOf('/') + 1),
          "move it to " + kind.folder() + "/");
    }
  }

  private String name(Value.Fields fields) {
    var name = fields.text("name");
    if (name.isEmpty()) {
      findings.error(fields.placeOf("name"), "name", "name is missing", "give it a name");
    }
    return name.orElse("");
  }
}
