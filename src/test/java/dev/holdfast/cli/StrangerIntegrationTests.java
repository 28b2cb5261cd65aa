package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The real command, in surroundings and with files that nobody should have and somebody has.
class StrangerIntegrationTests {
  private static final String HEAD = "apiVersion: holdfast/v1\nkind: BackupSet\nname: Web\n";

  @TempDir Path root;
  private Repository repository;
  private HoldfastProcess holdfast;

  @BeforeEach
  void declare() {
    var tree = Trees.fill(root.resolve("tree"), 3, 1000, 1);
    repository = Repository.in(root).source("Tree", tree).set(List.of("Tree"), "");
    holdfast = new HoldfastProcess(repository.folder(), root.resolve("state"));
  }

  @Test
  void optionsForTarInTheEnvironmentDoNotReachIt() {
    holdfast.runWith(Map.of("TAR_OPTIONS", "--exclude=*"), "run", "Demo").expect(0);

    var listed = holdfast.run("ls", "Demo", "-R", "-o", "json").expect(0);
    assertThat(listed.out()).contains(root.resolve("tree").toString());
  }

  @Test
  void anEstimateThatTakesTooLongLeavesTheSourceOut() {
    repository.staging("1MiB").set(List.of("Tree"), "how: { timeouts: { estimate: 1s } }");

    var answer = runWithTar("case $* in *--totals*) sleep 60 ;; esac; exec $tar \"$@\"");

    assertThat(answer.out())
        .contains(
            "gave no estimate in 1 s and is not backed up in this run; its next dump is a full");
    assertNothingIsKept();
  }

  @Test
  void aSourceWhoseEstimateTookTooLongGetsAFullInTheNextRun() throws IOException {
    Files.write(root.resolve("tree/large"), new byte[300_000]);
    repository.set(List.of("Tree"), "how: { timeouts: { estimate: 1s } }");
    holdfast.run("run", "Demo").expect(0);

    runWithTar("case $* in *--totals*) sleep 60 ;; esac; exec $tar \"$@\"").expect(30);
    var next = holdfast.run("run", "Demo").expect(0);

    assertThat(next.err()).contains("dump Tree level 0");
    assertThat(holdfast.run("run", "Demo").expect(0).err()).contains("dump Tree level 1");
  }

  @Test
  void aDumpProgramThatIsKilledLeavesNothing() {
    var answer = runWithTar("$tar \"$@\" | head -c 2000; kill -KILL $$");

    assertThat(answer.out()).contains("tar ended with status 137");
    assertNothingIsKept();
  }

  @Test
  void aDumpThatFallsSilentIsEnded() {
    repository.set(List.of("Tree"), "how: { timeouts: { noData: 1s } }");

    var answer =
        runWithTar(
            "case $* in *--totals*) exec $tar \"$@\" ;; esac; $tar \"$@\" | head -c 2000; sleep 60");

    assertThat(answer.out()).contains("no data for 1 s");
    assertNothingIsKept();
  }

  private void assertNothingIsKept() {
    assertThat(holdfast.run("list", "images").expect(0).out()).isEqualTo("no images\n");
    assertThat(repository.staging()).isEmptyDirectory();
  }

  /// A run with a `tar` of ours before the real one, which still answers for its version.
  private HoldfastProcess.Result runWithTar(String script) {
    var path = System.getenv("PATH");
    var real = Trees.output("sh", "-c", "command -v tar").strip();
    var folder = root.resolve("bin");
    Trees.output("mkdir", "-p", folder.toString());
    var tar = folder.resolve("tar");
    try {
      Files.writeString(
          tar,
          """
          #!/bin/sh
          tar=%s
          [ "$1" = --version ] && exec $tar --version
          %s
          """
              .formatted(real, script));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Trees.output("chmod", "+x", tar.toString());
    return holdfast.runWith(Map.of("PATH", folder + ":" + path), "run", "Demo").expect(30);
  }

  /// Whatever is done to a file of the repository, the answer is exit 10 and a place in it, in less
  /// than the 256 MiB that the process has.
  static Stream<Arguments> aHostileFileIsAnsweredInPlace() {
    return Stream.of(
        argumentSet("a tab", bytes(HEAD + "what:\n\tsources: [x]\n")),
        argumentSet("NUL", bytes(HEAD + "comments: \"a\0b\"\n")),
        argumentSet("not UTF-8", new byte[] {'a', ':', ' ', (byte) 0xff, (byte) 0xfe, '\n'}),
        argumentSet("a byte order mark", bytes("\ufeff" + HEAD)),
        argumentSet("UTF-16", HEAD.getBytes(StandardCharsets.UTF_16)),
        argumentSet("a key twice", bytes(HEAD + "name: Other\n")),
        argumentSet("many aliases", bytes(HEAD + laughs())),
        argumentSet("deep nesting", bytes(HEAD + "what: " + "[".repeat(100_000))),
        argumentSet("50 MB", bytes("#" + "x".repeat(50_000_000) + "\n")),
        argumentSet("a merge key", bytes(HEAD + "what: &a { sources: [x] }\nhow: { <<: *a }\n")),
        argumentSet("an object tag", bytes(HEAD + "what: !!java.net.URL [\"http://x\"]\n")));
  }

  @ParameterizedTest
  @MethodSource
  void aHostileFileIsAnsweredInPlace(byte[] content) throws IOException {
    Files.write(repository.folder().resolve("backupsets/hostile.yaml"), content);

    var answer = holdfast.run("validate").expect(10);

    assertThat(answer.out()).containsPattern("(?m)^backupsets/hostile\\.yaml(:\\d+:\\d+)?: ");
    assertThat(answer.out()).contains("\nHINT: ");
    assertThat(answer.err()).isEmpty();
  }

  private static String laughs() {
    var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, "*a" + (i - 1) + ", *a" + (i - 1)));
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
