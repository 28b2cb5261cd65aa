package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.config.LoadRequest;
import dev.holdfast.config.LoadResult;
import dev.holdfast.config.Loader;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.report.RunEvents;
import dev.holdfast.report.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs inside this process: real tar, real files, the real job.
class BackupTests {

  @TempDir Path root;
  Path tree;
  Repository repository;

  @BeforeEach
  void declare() {
    tree = Trees.fill(root.resolve("tree"), 30, 200_000, 1);
    repository = Repository.in(root).source("Tree", tree).set(List.of("Tree"), "");
  }

  @Test
  void aFullThenAnIncrementalAreOnMediaAndNothingIsLeftInStaging() throws Exception {
    var full = run(new LevelWish.Auto());
    Files.writeString(tree.resolve("new"), "new");
    var incremental = run(new LevelWish.Auto());

    assertThat(full.problems()).isEmpty();
    assertThat(full.exit()).isEqualTo(ExitCode.OK);
    assertThat(full.sources().getFirst().level()).map(Object::toString).contains("0");
    assertThat(incremental.exit()).isEqualTo(ExitCode.OK);
    assertThat(incremental.sources().getFirst().level()).map(Object::toString).contains("1");
    assertThat(incremental.sources().getFirst().image().orElseThrow().rawBytes())
        .isLessThan(200_000);
    assertThat(repository.staging()).isEmptyDirectory();
  }

  @Test
  void anImageThatStagingCannotHoldGoesStraightToMedia() throws Exception {
    repository.staging("1MiB");

    var report = run(new LevelWish.Auto());

    assertThat(report.problems()).isEmpty();
    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    assertThat(repository.staging()).isEmptyDirectory();
  }

  @Test
  void aSourceThatIsGoneFails() throws Exception {
    repository.source("Tree", root.resolve("gone"));

    var report = run(new LevelWish.Auto());

    assertThat(report.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(report.sources().getFirst().problem().orElseThrow().text())
        .contains("gone does not exist");
  }

  @Test
  void aFullWithTooFewMembersFailsAndIsNotKept() throws Exception {
    repository.source("Tree", tree, "expect: { minFiles: 1000 }");

    var report = run(new LevelWish.Auto());

    assertThat(report.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(report.sources().getFirst().problem().orElseThrow().text())
        .contains("the full holds 38 members, expect.minFiles is 1000");
    assertThat(repository.staging()).isEmptyDirectory();
    assertThat(report.sources().getFirst().image()).isEmpty();
  }

  private RunReport run(LevelWish level) throws Exception {
    var loaded =
        Loader.load(
            new LoadRequest(repository.folder(), Optional.of(root.resolve("state")), Map.of()));
    assertThat(loaded).isInstanceOf(LoadResult.Loaded.class);
    var declarations = ((LoadResult.Loaded) loaded).declarations();
    var request =
        new RunRequest(
            declarations,
            declarations.set("Demo").orElseThrow(),
            level,
            Set.of(),
            false,
            Duration.ZERO,
            Clock.systemUTC());
    return Backup.run(request, RunEvents.silent(), new StopSignal());
  }
}
