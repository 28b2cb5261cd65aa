package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in a file is answered by a finding with a place and a hint.
class HostileInputTests {
  private static final String HEAD = "apiVersion: holdfast/v1\nkind: BackupSet\nname: Web\n";

  static Stream<Arguments> saysWhereAndWhatToDo() {
    return Stream.of(
        argumentSet(
            "tab",
            HEAD + "what:\n\tsources: [www]\n",
            """
            backupsets/web.yaml:5:1: not YAML: found character '\\t(tab)' that cannot start any token. (do not use \\t(tab) for indentation)
            HINT: indent with spaces, not with tabs"""),
        argumentSet(
            "byte order mark",
            "\uFEFF" + HEAD,
            """
            backupsets/web.yaml:1:1: a byte order mark stands here
            HINT: save the file as UTF-8 without BOM"""),
        argumentSet(
            "NUL",
            HEAD + "description: a\0b\n",
            """
            backupsets/web.yaml:4:15: the control character U+0000 is not allowed in YAML
            HINT: remove it; in a quoted text write it as an escape"""),
        argumentSet(
            "escaped NUL",
            HEAD + "description: \"a\\0b\"\n",
            """
            backupsets/web.yaml:4:14: the text holds a control character or half a character
            HINT: remove the escape; names, hosts and paths are plain text"""),
        argumentSet(
            "lone surrogate",
            HEAD + "description: \"\\ud800\"\n",
            """
            backupsets/web.yaml:4:14: the text holds a control character or half a character
            HINT: remove the escape; names, hosts and paths are plain text"""),
        argumentSet(
            "duplicate key",
            HEAD + "name: Web\n",
            """
            backupsets/web.yaml:4:1: the key 'name' stands here twice, first in line 3
            HINT: keep one of them"""),
        argumentSet(
            "merge key",
            HEAD + "what: &a { sources: [www] }\nwhere: { <<: *a }\n",
            """
            backupsets/web.yaml:5:10: the merge key '<<' is not allowed
            HINT: give the common part to a document with 'abstract: true', and name it in 'extends'"""),
        argumentSet(
            "tag",
            HEAD + "description: !!java.net.URL [http://x]\n",
            """
            backupsets/web.yaml:4:14: the tag 'tag:yaml.org,2002:java.net.URL' is not allowed
            HINT: remove it; the key decides the type"""),
        argumentSet(
            "unknown alias",
            HEAD + "what: *nobody\n",
            """
            backupsets/web.yaml:4:7: not YAML: found undefined alias nobody
            HINT: write the value out; anchors hold inside one file only, and few of them"""),
        argumentSet(
            "depth",
            HEAD + "what: " + "[".repeat(100_000) + "\n",
            """
            backupsets/web.yaml:4:36: not YAML: nesting depth exceeded max 30
            HINT: nothing here is nested deeper than 30 levels"""),
        argumentSet(
            "alias inside itself",
            HEAD + "what: &a [*a]\n",
            """
            backupsets/web.yaml:4:7: not YAML: more than 60000 values, or an alias inside itself
            HINT: write the value out; anchors hold inside one file only, and few of them"""),
        argumentSet(
            "alias bomb",
            HEAD + bomb(),
            """
            backupsets/web.yaml:5:14: not YAML: more than 60000 values, or an alias inside itself
            HINT: write the value out; anchors hold inside one file only, and few of them"""),
        argumentSet(
            "key that is no text",
            HEAD + "1: x\n",
            """
            backupsets/web.yaml:4:1: the key '1' is not a text
            HINT: write it in quotes"""),
        argumentSet(
            "list as document",
            "- a\n",
            """
            backupsets/web.yaml:1:1: a document is not an object with apiVersion, kind and name
            HINT: begin it with 'apiVersion: holdfast/v1'"""));
  }

  @ParameterizedTest
  @MethodSource
  void saysWhereAndWhatToDo(String content, String expected, @TempDir Path root) {
    var findings = new Repository(root).with("backupsets/web.yaml", content).invalid();
    assertThat(Repository.texts(findings)).contains(expected);
  }

  @Test
  void bytesThatAreNotUtf8AreFoundWhereTheyStand(@TempDir Path root) throws IOException {
    new Repository(root).with("backupsets/web.yaml", "");
    Files.write(
        root.resolve("backupsets/web.yaml"),
        "name: W\u00fcrzburg\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Repository.texts(new Repository(root).invalid()))
        .containsExactly(
            "backupsets/web.yaml:1:8: byte 0xfc is not UTF-8\nHINT: save the file as UTF-8");
  }

  @Test
  void aFileOf50MegabytesIsNotRead(@TempDir Path root) throws IOException {
    new Repository(root).withSet();
    try (var file = new RandomAccessFile(root.resolve("backupsets/web.yaml").toFile(), "rw")) {
      file.setLength(50L << 20);
    }
    assertThat(Repository.texts(new Repository(root).invalid()))
        .containsExactly(
            "backupsets/web.yaml:1:1: the file has 50.0 MiB, and at most 512 KiB is read\n"
                + "HINT: split it; one small file for one intent");
  }

  static Stream<Arguments> textsOfAnyLengthAreAnswered() {
    return Stream.of(
        argumentSet("one long value", "description: " + "x".repeat(500_000)),
        argumentSet("a long template", "media: { labelTemplate: \"" + "a".repeat(500_000) + "\" }"),
        argumentSet("variables without end", "description: \"" + "${var.".repeat(80_000) + "\""),
        argumentSet("a million variables", "description: \"" + "${var.a}".repeat(60_000) + "\""));
  }

  @ParameterizedTest
  @MethodSource
  void textsOfAnyLengthAreAnswered(String line, @TempDir Path root) {
    var repository = new Repository(root).with("backupsets/web.yaml", HEAD + line + "\n");
    assertThat(repository.invalid()).isNotEmpty().hasSizeLessThan(10);
  }

  @Test
  void aFloodOfProblemsIsCut(@TempDir Path root) {
    var keys =
        IntStream.range(0, 25_000).mapToObj(n -> "k" + n + ": x\n").collect(Collectors.joining());
    assertThat(new Repository(root).with("backupsets/web.yaml", HEAD + keys).invalid())
        .hasSizeBetween(100, 500);
  }

  @Test
  void anEmptyFolderIsNoConfiguration(@TempDir Path root) {
    assertThat(Repository.texts(new Repository(root).invalid()))
        .containsExactly(
            root
                + ": no configuration: none of backupsets/ storage/ schedules/ jobs/ is here\n"
                + "HINT: name the configuration repository with -C DIR");
  }

  private static String bomb() {
    var text = new StringBuilder("labels:\n  a: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      text.append("  b").append(i).append(": &a").append(i).append(" [");
      text.append(("*a" + (i - 1) + ",").repeat(9)).append("x]\n");
    }
    return text.toString();
  }
}
