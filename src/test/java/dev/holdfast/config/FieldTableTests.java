package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The tables of `src/docs/configuration.md` come from the same description as reader and schema.
/// `-Dgolden.write=true` rewrites them.
class FieldTableTests {
  private static final Path PAGE = Path.of("src/docs/configuration.md");
  private static final String MARK = "<!-- tables -->\n";

  @Test
  void theManualDescribesEveryKey() throws IOException {
    var page = Files.readString(PAGE);
    var text = page.substring(0, page.indexOf(MARK) + MARK.length()) + tables();
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(PAGE, text);
    }
    assertThat(page).isEqualTo(text);
  }

  private static String tables() {
    var text = new StringBuilder();
    text.append("\n## Every document\n\n").append(head());
    header().forEach(text::append);
    for (var kind : Kind.values()) {
      text.append("\n## ").append(kind.spelling()).append(", in `").append(kind.folder());
      text.append("/`\n\n").append(head());
      rows(kind).forEach(text::append);
    }
    return text.toString();
  }

  private static String head() {
    return "| key | type | default | means |\n| --- | --- | --- | --- |\n";
  }

  private static List<String> header() {
    var rows = new ArrayList<String>();
    Types.of(Kind.JOB).parts().stream()
        .filter(FieldTableTests::isHeader)
        .forEach(part -> rows.addAll(rowsOf(((Type.FlatOf) part).inner(), "", false)));
    return rows;
  }

  private static List<String> rows(Kind kind) {
    var rows = new ArrayList<String>();
    for (var part : Types.of(kind).parts()) {
      switch (part) {
        case Type.FlatOf flat when isHeader(flat) -> {}
        case Type.FlatOf(var inner) -> rows.addAll(rowsOf(inner, "", false));
        case Type.KeyOf key -> rows.addAll(rowsOf(key, "", false));
      }
    }
    return rows;
  }

  private static boolean isHeader(Type.Part part) {
    return part instanceof Type.FlatOf(var inner) && inner.record() == Header.class;
  }

  private static List<String> rowsOf(Type.RecordOf record, String path, boolean later) {
    var rows = new ArrayList<String>();
    record.keys().forEach(key -> rows.addAll(rowsOf(key, path, later)));
    return rows;
  }

  private static List<String> rowsOf(Type.KeyOf key, String path, boolean inLater) {
    var rows = new ArrayList<String>();
    var name = path + key.name();
    boolean later = inLater || key.later().isPresent();
    rows.add(
        "| `%s` | %s | %s | %s%s |\n"
            .formatted(
                name,
                words(key.type()),
                key.initially()
                    .map(text -> "`" + text + "`")
                    .orElse(key.required() ? "required" : ""),
                key.description(),
                later ? " (later)" : ""));
    inner(key.type())
        .ifPresent(record -> rows.addAll(rowsOf(record.type(), name + record.sign(), later)));
    return rows;
  }

  private record Inner(Type.RecordOf type, String sign) {}

  private static Optional<Inner> inner(Type type) {
    return switch (type) {
      case Type.RecordOf record when record.record().getSimpleName().equals("Secret") ->
          Optional.empty();
      case Type.RecordOf record -> Optional.of(new Inner(record, "."));
      case Type.ListOf(Type.RecordOf record, _, _) -> Optional.of(new Inner(record, "[]."));
      case Type.MapOf(Type.RecordOf record) -> Optional.of(new Inner(record, ".NAME."));
      case Type.ListOf _, Type.MapOf _, Type.Scalar _, Type.PartialOf _ -> Optional.empty();
    };
  }

  private static String words(Type type) {
    return switch (type) {
      case Type.Scalar scalar when scalar.schema().get("enum") instanceof List<?> words ->
          String.join(", ", words.stream().map(word -> "`" + word + "`").toList());
      case Type.Scalar scalar -> scalar.words();
      case Type.ListOf list -> "list of " + words(list.element());
      case Type.MapOf map -> "map to " + words(map.element());
      case Type.PartialOf(var kind) -> "keys of " + kind.spelling();
      case Type.RecordOf record when record.record().getSimpleName().equals("Secret") -> "a secret";
      case Type.RecordOf _ -> "object";
    };
  }
}
