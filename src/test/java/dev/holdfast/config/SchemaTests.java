package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.model.declared.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The schema and the reader are two faces of one description: they must say the same.
class SchemaTests {
  private static final Map<Kind, Schema> SCHEMAS = new EnumMap<>(Kind.class);
  private static final Origin HERE = Origin.at(new Place("here.yaml", 1, 1));
  private static final List<Value> INTRUDERS =
      List.of(
          text("", Value.Core.STRING),
          text("%%", Value.Core.STRING),
          text("two words", Value.Core.STRING),
          text("word", Value.Core.STRING),
          text("with\nend\n", Value.Core.STRING),
          text("5GB", Value.Core.STRING),
          text("20%", Value.Core.STRING),
          text("/a/b", Value.Core.STRING),
          text("7", Value.Core.STRING),
          text("null", Value.Core.NULL),
          text("0", Value.Core.INTEGER),
          text("-1", Value.Core.INTEGER),
          text("7", Value.Core.INTEGER),
          text("99999999999", Value.Core.INTEGER),
          text("1.5", Value.Core.FLOAT),
          text("true", Value.Core.BOOLEAN),
          new Value.Items(List.of(), HERE),
          new Value.Items(List.of(Value.Fields.empty(HERE)), HERE),
          new Value.Items(List.of(text("/a", Value.Core.STRING)), HERE),
          Value.Fields.empty(HERE),
          Value.Fields.empty(HERE).with("$append", new Value.Items(List.of(), HERE)),
          Value.Fields.empty(HERE).with("$append", text("x", Value.Core.STRING)),
          Value.Fields.empty(HERE).with("bogus", text("x", Value.Core.STRING)));

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindHasASchemaThatDescribesEveryKey(Kind kind) {
    assertThat(Schemas.of(kind))
        .startsWith("{\n")
        .endsWith("}\n")
        .contains("\"title\" : \"" + kind.spelling() + "\"", "\"description\"");
  }

  static Stream<Document> shippedAndCompanyDocumentsAreValid() {
    return documents();
  }

  @ParameterizedTest
  @MethodSource
  void shippedAndCompanyDocumentsAreValid(Document document) {
    assertThat(schema(document.kind()).validate(json(document.fields()))).isEmpty();
  }

  /// Puts every intruder at every place of every document.
  @Test
  void readerAndSchemaAgreeOnEveryChangedDocument() {
    var disagreements = new ArrayList<String>();
    long compared = 0;
    for (var document : documents().toList()) {
      for (var changed : changes(document.fields())) {
        compared++;
        boolean reader = readerAccepts(document.kind(), changed);
        boolean schema = schema(document.kind()).validate(json(changed)).isEmpty();
        if (reader != schema) {
          disagreements.add(document.place() + ": reader " + reader + ", schema " + schema);
        }
      }
    }
    assertThat(disagreements).isEmpty();
    assertThat(compared).isGreaterThan(5000);
  }

  private static boolean readerAccepts(Kind kind, Value.Fields document) {
    var findings = new Findings();
    new Checker(findings).document(kind, document);
    return !findings.hasErrors();
  }

  private static Stream<Document> documents() {
    return Stream.of(Path.of("").toAbsolutePath(), CompanyTests.company().root())
        .flatMap(
            root -> {
              var findings = new Findings();
              var files = new RepositoryFiles(root, findings).read();
              var variables = new Variables(Map.of("opsMail", "ops@kestrel.example"), findings);
              return new DocumentReader(findings)
                  .read(files).stream()
                      .map(
                          one ->
                              new Document(
                                  one.kind(),
                                  one.name(),
                                  one.fields().mapped(variables::resolved),
                                  true));
            });
  }

  private static List<Value.Fields> changes(Value.Fields fields) {
    return changed(fields).stream()
        .filter(Value.Fields.class::isInstance)
        .map(Value.Fields.class::cast)
        .filter(changed -> changed.fields().containsKey("apiVersion"))
        .filter(changed -> changed.fields().containsKey("kind"))
        .filter(changed -> changed.fields().containsKey("name"))
        .toList();
  }

  private static List<Value> changed(Value value) {
    var all = new ArrayList<>(INTRUDERS);
    switch (value) {
      case Value.Fields fields -> {
        all.add(fields.with("bogus", text("x", Value.Core.STRING)));
        fields
            .fields()
            .forEach(
                (key, field) -> {
                  all.add(fields.without(List.of(key)));
                  changed(field.value()).forEach(inner -> all.add(fields.with(key, inner)));
                });
      }
      case Value.Items(var items, var origin) -> {
        for (int i = 0; i < items.size(); i++) {
          for (var inner : changed(items.get(i))) {
            var copy = new ArrayList<>(items);
            copy.set(i, inner);
            all.add(new Value.Items(copy, origin));
          }
        }
      }
      case Value.Text _ -> {}
    }
    return all;
  }

  private static Schema schema(Kind kind) {
    return SCHEMAS.computeIfAbsent(
        kind,
        one ->
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Schemas.of(one)));
  }

  private static JsonNode json(Value value) {
    var nodes = JsonNodeFactory.instance;
    return switch (value) {
      case Value.Text(var text, var core, _) ->
          switch (core) {
            case NULL -> nodes.nullNode();
            case BOOLEAN -> nodes.booleanNode(Boolean.parseBoolean(text));
            case INTEGER -> nodes.numberNode(Long.parseLong(text));
            case FLOAT -> nodes.numberNode(Double.parseDouble(text));
            case STRING -> nodes.stringNode(text);
          };
      case Value.Items(var items, _) -> {
        var array = nodes.arrayNode();
        items.forEach(item -> array.add(json(item)));
        yield array;
      }
      case Value.Fields fields -> {
        var object = nodes.objectNode();
        fields.fields().forEach((key, field) -> object.set(key, json(field.value())));
        yield object;
      }
    };
  }

  private static Value text(String text, Value.Core core) {
    return new Value.Text(text, core, HERE);
  }
}
