package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Looking at a source and taking single things out of it, at the time of a full and of the
/// incremental after it.
class LookAndRestoreIntegrationTests {
  private static final String FULL = "2026-03-01T20:00:00Z";
  private static final String BETWEEN = "2026-03-02T12:00:00Z";
  private static final String LATER = "2026-03-02T20:00:00Z";

  @TempDir static Path root;
  static Path data;
  static HoldfastProcess holdfast;

  @BeforeAll
  static void twoBackups() throws IOException {
    data = Files.createDirectories(root.resolve("data"));
    Trees.output(
        "sh",
        "-ec",
        """
        cd "$1"; mkdir -p old/deep gone type
        echo one > old/deep/file; echo two > gone/file; echo three > gone-too
        echo latin > "$(printf 'caf\\351')"; echo lines > "$(printf 'two\\nlines')"
        echo backslash > 'two\\nlines'; printf 'kept' > kept; ln kept old/link; ln -s kept type/entry
        """,
        "sh",
        data.toString());
    var repository = Repository.in(root).source("Web", data).set(List.of("Web"), "");
    holdfast = new HoldfastProcess(repository.folder(), root.resolve("state"));
    holdfast.run("run", "Demo", "-q", "--now", FULL).expect(0);
    Trees.output(
        "sh",
        "-ec",
        "cd \"$1\"; mv old new; rm -r gone gone-too; rm type/entry; mkdir type/entry; echo f > type/entry/f",
        "sh",
        data.toString());
    holdfast.run("run", "Demo", "-q", "--level", "1", "--now", LATER).expect(0);
  }

  @Test
  void aDirectoryIsListedAsItWasAtEachTime() {
    assertThat(names("ls", "Demo/Web", data.toString()))
        .containsExactlyInAnyOrder("caf\\xe9", "kept", "new", "two\nlines", "two\\nlines", "type");
    assertThat(names("ls", "Demo/Web", data.toString(), "--at", "2026-03-02T12:00"))
        .contains("old", "gone", "gone-too")
        .doesNotContain("new");
    assertThat(names("ls", "Demo/Web", data + "/new", "-R")).contains("new/deep/file");
    holdfast.run("ls", "Demo/Web", data + "/old").expect(4);
    holdfast.run("ls", "Demo/Web", "--at", "2026-02-28").expect(4);
  }

  @Test
  void namesAreFoundWhereTheyWere() {
    assertThat(names("find", "file")).containsExactly("new/deep/file");
    assertThat(names("find", "file", "--at", "2026-03-01"))
        .containsExactlyInAnyOrder("old/deep/file", "gone/file");
    holdfast.run("find", "gone*").expect(4);
    assertThat(names("find", "caf\\xe9")).containsExactly("caf\\xe9");
    assertThat(names("find", "two\\nlines")).containsExactlyInAnyOrder("two\nlines", "two\\nlines");
    assertThat(names("find", "two\\\\nlines")).containsExactly("two\\nlines");
  }

  @Test
  void whatIsNotPrintableIsShownOnOneLineAndSelectedAsItIsShown() {
    var shown = holdfast.run("ls", "Demo/Web", data.toString()).expect(0).out();

    assertThat(shown.lines().map(line -> line.replaceFirst(".*" + data + "/(.*\\S) +-", "$1")))
        .contains("two\\nlines", "two\\\\nlines", "caf\\xe9");
    assertThat(content("caf\\xe9")).isEqualTo("latin\n");
    assertThat(content("two\\nlines")).isEqualTo("lines\n");
    assertThat(content("two\nlines")).isEqualTo("lines\n");
    assertThat(content("two\\\\nlines")).isEqualTo("backslash\n");
  }

  @Test
  void aSubtreeIsTheSubtreeOfThatTime() throws IOException {
    var back = root.resolve("subtree");

    holdfast.run("restore", "Demo/Web", data + "/new", "--to", back.toString()).expect(0);
    holdfast
        .run("restore", "Demo", data + "/gone", "--at", BETWEEN, "--to", back.toString())
        .expect(2);
    holdfast
        .run(
            "restore",
            "Demo",
            data + "/gone",
            "--at",
            BETWEEN,
            "--to",
            back.toString(),
            "--into-existing")
        .expect(0);

    var restored = back.resolve(data.toString().substring(1));
    assertThat(Trees.output("diff", "-r", data + "/new", restored + "/new")).isEmpty();
    try (var entries = Files.list(restored)) {
      assertThat(entries.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("new", "gone");
    }
  }

  @Test
  void intoAnExistingFolderReplacesFilesAndLeavesOthers() throws IOException {
    var back = root.resolve("existing");
    var there = Files.createDirectories(back.resolve(data.toString().substring(1)));
    Files.writeString(there.resolve("kept"), "something else");
    Files.writeString(there.resolve("mine"), "mine");

    var refused = holdfast.run("restore", "Demo/Web", "--to", back.toString()).expect(2);
    assertThat(refused.err()).contains("is not empty").contains("--into-existing");
    assertThat(there.resolve("kept")).hasContent("something else");

    holdfast.run("restore", "Demo/Web", "--to", back.toString(), "--into-existing").expect(0);
    assertThat(there.resolve("mine")).hasContent("mine");
    Files.delete(there.resolve("mine"));
    // the folder's own time is newer where a file of it was deleted
    Trees.output("touch", "-r", data.toString(), there.toString());
    assertThat(Trees.differences(data, there)).isEmpty();
  }

  @Test
  void whatWasDeletedDoesNotComeBackUnlessItsTimeIsAskedFor() {
    assertThat(holdfast.run("restore", "Demo", data + "/gone-too", "--stdout").expect(4).out())
        .isEmpty();
    assertThat(
            holdfast
                .run("restore", "Demo", data + "/gone-too", "--stdout", "--at", BETWEEN)
                .expect(0)
                .out())
        .isEqualTo("three\n");
  }

  private static String content(String name) {
    return holdfast.run("restore", "Demo", data + "/" + name, "--stdout", "-q").expect(0).out();
  }

  /// Paths below the tree, as a program reads them.
  private static List<String> names(String... words) {
    var command = new java.util.ArrayList<>(List.of(words));
    command.addAll(List.of("-o", "json"));
    var json = holdfast.run(command.toArray(String[]::new)).expect(0).out();
    return JsonMapper.shared()
        .readTree(json)
        .at("/members")
        .valueStream()
        .map((JsonNode row) -> row.at("/path").asString().substring((data + "/").length()))
        .toList();
  }
}
