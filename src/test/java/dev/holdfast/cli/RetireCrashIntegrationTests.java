package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Level;
import dev.holdfast.plan.LevelWish;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real `retire` is killed between any two of its durable effects, and typed again.
@Execution(ExecutionMode.CONCURRENT)
class RetireCrashIntegrationTests {
  private static final int KILLED = 137;

  @TempDir Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private HoldfastProcess holdfast;

  @BeforeEach
  void aSetWithACopyThatIsDeclaredNoMore() throws IOException {
    var repository =
        Repository.in(root)
            .source("Tree", Trees.fill(root.resolve("tree"), 3, 10_000, 1))
            .further("Second", root.resolve("second"), "")
            .set(List.of("Tree"), "copies: [ { to: Second } ]")
            .setOf("Other", List.of("Tree"), "staging: { use: { mode: never } }")
            .file(
                "jobs/project.yaml",
                """
                kind: Project
                name: Test
                timezone: UTC
                retire: [ { set: Demo, data: purge } ]
                """);
    var set = new LocalSet(repository.folder(), root.resolve("state"), "Demo");
    for (int run = 0; run < 2; run++) {
      var report = set.run(new LevelWish.Exactly(Level.FULL));
      assertThat(report.exit()).isEqualTo(ExitCode.OK);
    }
    Files.move(repository.folder().resolve("backupsets/demo.yaml"), root.resolve("demo.yaml"));
    holdfast = new HoldfastProcess(repository.folder(), root.resolve("state"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tombstone-written",
        "toc-removed:2",
        "manifest-removed:3",
        "part-removed:2",
        "pruned-recorded:2",
        "pruned-recorded:4",
        "retirement-recorded",
        "snapshot-written"
      })
  void aPurgeThatIsKilledIsFinishedByTheSameCommand(String point) throws IOException {
    assertThat(run("retire", "Demo", "--data", "purge")).isEqualTo(ExitCode.POLICY);
    var digest = text(out).replaceAll("(?s).*digest ([0-9a-f]{16}).*", "$1");
    String[] purge = {"retire", "Demo", "--data", "purge", "--approve", digest};

    holdfast.crashAt(point, purge).expect(KILLED);

    assertThat(run(purge)).as(text(out)).isEqualTo(ExitCode.OK);
    assertThat(files("vault")).isZero();
    assertThat(files("second")).isZero();
    out.reset();
    assertThat(run(purge)).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains("nothing of it is left");
    assertThat(asANewHostSeesIt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lease-taken", "retirement-recorded", "snapshot-written"})
  void aSetThatEndsWithItsImagesIsEndedByTheSameCommand(String point) throws IOException {
    String[] retain = {"retire", "Demo", "--data", "retain", "--reason", "moved"};

    holdfast.crashAt(point, retain).expect(KILLED);

    assertThat(run(retain)).isEqualTo(ExitCode.OK);
    assertThat(text(out)).contains("moved");
    assertThat(files("second")).isEqualTo(files("vault")).isPositive();
    assertThat(asANewHostSeesIt()).hasSize(2);
  }

  @Test
  void aRunnerThatIsKilledWhenItHasJustLearntOfTheSetGoesOn() {
    var runner = new HoldfastProcess(root.resolve("config"), root.resolve("runner"));
    String[] retain = {"retire", "Demo", "--data", "retain"};

    runner.crashAt("catalog-refilled", retain).expect(KILLED);

    assertThat(runner.run(retain).expect(0).out()).containsPattern("Demo +purge +2");
  }

  /// Its images, from the snapshot that was left.
  private List<String> asANewHostSeesIt() throws IOException {
    Files.copy(root.resolve("demo.yaml"), root.resolve("config/backupsets/demo.yaml"));
    out.reset();
    in("other", "list", "images", "Demo", "-o", "jsonl");
    assertThat(text(err)).contains("refilled from the snapshot of a retire");
    return text(out).lines().filter(line -> line.contains("\"type\":\"row\"")).toList();
  }

  private ExitCode run(String... arguments) {
    return in("state", arguments);
  }

  private ExitCode in(String state, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "-C", root.resolve("config").toString(), "--state", root.resolve(state).toString()));
    var screen = new Screen(out, err, false, false);
    return new Dispatcher(screen, Map.of()).run(all.toArray(String[]::new));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private long files(String storage) throws IOException {
    try (var all = Files.walk(root.resolve(storage))) {
      return all.filter(file -> file.toString().matches(".*/\\d{5}\\.[^/.]+\\.[a-z0-9]+")).count();
    }
  }
}
