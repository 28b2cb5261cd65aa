package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.declared.Job.Step;
import dev.holdfast.model.declared.Steps;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.report.Row;
import dev.holdfast.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of jobs that do not do all that a run can.
class StepsTests {
  private static final Instant FIRST = Instant.parse("2026-03-14T22:00:00Z");
  private static final Steps DUMP_ONLY = Steps.of(Step.ESTIMATE, Step.DUMP, Step.REPORT);

  @TempDir Path root;
  private Path tree;
  private Repository repository;
  private LocalSet set;

  @BeforeEach
  void declare() {
    tree = Trees.fill(root.resolve("tree"), 12, 300_000, 1);
    repository = Repository.in(root).source("Tree", tree).furtherDisk("Second");
    repository.set(List.of("Tree"), "copies: [ { to: Second } ]");
    set = new LocalSet(repository.folder(), root.resolve("state"), "Demo");
  }

  @Test
  void withoutWriteADumpStaysInStagingUntilAFlush() throws IOException {
    var report = night(0, DUMP_ONLY);

    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    assertThat(report.notes())
        .contains("left out by the steps of the job: flush, write, copy, prune, catalogBackup");
    assertThat(states()).containsExactly("STAGED");
    assertThat(files(repository.storage(), ".p0001")).isZero();
    assertRestored("from-staging");
    assertThat(night(1, DUMP_ONLY).exit()).isEqualTo(ExitCode.OK);
    assertThat(states()).containsExactly("STAGED", "STAGED");

    assertThat(night(2, Steps.all()).exit()).isEqualTo(ExitCode.OK);

    assertThat(states()).containsOnly("STORED");
    assertThat(set.images()).extracting(Row.ImageRow::copies).containsOnly(List.of("Second"));
    assertRestored("from-media");
  }

  @Test
  void withoutFlushWhatEarlierRunsLeftWaitsOn() throws IOException {
    night(0, DUMP_ONLY);

    night(1, Steps.of(Step.ESTIMATE, Step.DUMP, Step.WRITE, Step.REPORT));

    assertThat(states()).containsExactly("STORED", "STAGED");
  }

  @Test
  void withFlushAndWithoutWriteOnlyWhatEarlierRunsLeftIsWritten() throws IOException {
    night(0, DUMP_ONLY);

    night(1, Steps.of(Step.FLUSH, Step.ESTIMATE, Step.DUMP, Step.REPORT));

    assertThat(states()).containsExactly("STAGED", "STORED");
  }

  @Test
  void withoutCopyPruneAndCatalogBackupNoneOfThemIsDone() throws IOException {
    repository.setOf(
        "Demo",
        List.of("Tree"),
        """
        staging: { use: { ref: Scratch, mode: auto } }
        copies: [ { to: Second } ]
        """);
    var steps = Steps.of(Step.FLUSH, Step.ESTIMATE, Step.DUMP, Step.WRITE, Step.REPORT);

    var report = night(0, steps);
    night(200, steps);

    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    assertThat(report.copies()).isEmpty();
    assertThat(root.resolve("Second")).doesNotExist();
    assertThat(repository.storage().resolve(".holdfast/Demo/catalog")).doesNotExist();
    assertThat(set.images()).hasSize(2);
    night(200, Steps.all());
    assertThat(repository.storage().resolve(".holdfast/Demo/catalog")).exists();
    assertThat(root.resolve("Second/.holdfast/Demo/catalog")).exists();
  }

  @Test
  void aDumpThatWouldBeNowhereIsRefused() {
    repository.setOf("Demo", List.of("Tree"), "staging: { use: { mode: never } }");

    assertThatThrownBy(() -> night(0, DUMP_ONLY))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> {
              assertThat(refused.exit()).isEqualTo(ExitCode.CONFIG);
              assertThat(refused.problem().fact()).contains("stages nothing");
            });
  }

  /// Nothing goes past staging either.
  @Test
  void withoutWriteWhatFindsNoRoomInStagingWaits() throws IOException {
    repository.source("Other", Trees.fill(root.resolve("other"), 12, 300_000, 2));
    repository.set(List.of("Tree", "Other"), "").staging("3MiB");

    var report = night(0, DUMP_ONLY);

    assertThat(report.exit()).isEqualTo(ExitCode.TEMPFAIL);
    assertThat(states()).containsExactly("STAGED");
    assertThat(files(repository.storage(), ".p0001")).isZero();
  }

  private RunReport night(int night, Steps steps) throws IOException {
    Files.writeString(tree.resolve("night" + night), "in night " + night);
    return set.at(FIRST.plus(Duration.ofDays(night))).run(new LevelWish.Auto(), steps);
  }

  private List<String> states() {
    return set.images().stream().map(Row.ImageRow::state).toList();
  }

  private void assertRestored(String name) {
    var back = root.resolve(name);
    assertThat(set.restore(set.images().getFirst(), back).exit()).isEqualTo(ExitCode.OK);
    assertThat(Trees.differences(tree, back.resolve(tree.toString().substring(1)))).isEmpty();
  }

  private static long files(Path folder, String suffix) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }
}
