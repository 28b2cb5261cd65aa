package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Afterwards;
import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.Trees;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Level;
import dev.holdfast.plan.LevelWish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// The real `prune --storage` is killed between any two of its durable effects on a further
/// storage, of copies beside their originals and of copies that are all that is left.
@Execution(ExecutionMode.CONCURRENT)
class PruneCopiesCrashIntegrationTests {
  private static final int KILLED = 137;
  private static final Instant FIRST = Instant.parse("2026-03-14T22:00:00Z");
  private static final Instant ORIGINALS_GONE = FIRST.plus(Duration.ofHours(91 * 24 + 12));
  private static final Instant COPIES_GONE = FIRST.plus(Duration.ofHours(96 * 24 + 12));

  /// How the set goes on after the crash.
  enum Next {
    PRUNE,
    RUN,
    REBUILD_AND_COPY
  }

  /// Whether the originals of the copies that go are there.
  enum Left {
    BOTH(400),
    COPIES_ONLY(90);

    final int days;

    Left(int days) {
      this.days = days;
    }
  }

  static final List<Arguments> SURVIVED =
      Stream.of(
              "tombstone-written BOTH RUN",
              "tombstone-written:2 COPIES_ONLY PRUNE",
              "toc-removed COPIES_ONLY PRUNE",
              "manifest-removed:2 COPIES_ONLY REBUILD_AND_COPY",
              "state-removed BOTH RUN",
              "index-removed COPIES_ONLY PRUNE",
              "part-removed:2 BOTH REBUILD_AND_COPY",
              "pruned-recorded:2 COPIES_ONLY PRUNE")
          .map(words -> words.split(" ", -1))
          .map(words -> Arguments.of(words[0], Left.valueOf(words[1]), Next.valueOf(words[2])))
          .toList();

  @TempDir Path root;

  @ParameterizedTest
  @FieldSource("SURVIVED")
  void aPruneOfCopiesThatIsKilledIsFinishedByWhatComesNext(String point, Left left, Next next)
      throws IOException {
    var scene = expired(left);
    var newest = scene.set().images().getFirst().image().value();

    scene
        .holdfast()
        .crashAt(point, "prune", "Demo", "--storage", "Second", "--now", COPIES_GONE.toString())
        .expect(KILLED);

    scene.afterwards().nothingLostNothingHalf(scene.tree());
    goOn(scene.set().at(COPIES_GONE.plusSeconds(60)), next);
    scene.afterwards().settled(scene.tree());
    var there = copies();
    assertThat(there).contains(newest);
    assertThat(there)
        .as("images with files on the further storage")
        .isEqualTo(
            scene.set().images().stream()
                .filter(image -> image.copies().contains("Second"))
                .map(image -> image.image().value())
                .collect(Collectors.toSet()))
        .hasSize(next == Next.RUN ? 2 : next == Next.PRUNE ? 1 : there.size());
    assertThat(manifests()).isEqualTo(there.size());
  }

  private static void goOn(LocalSet set, Next next) {
    switch (next) {
      case PRUNE -> assertThat(set.pruneCopies("Second").exit()).isEqualTo(ExitCode.OK);
      case RUN ->
          assertThat(set.run(new LevelWish.Exactly(Level.FULL)).exit()).isEqualTo(ExitCode.OK);
      case REBUILD_AND_COPY -> {
        assertThat(set.rebuild().problems()).isEmpty();
        Trees.output("sh", "-c", "rm -r '" + set.state() + "'/catalog.before-*");
        assertThat(set.copy().exit()).isEqualTo(ExitCode.OK);
        assertThat(set.pruneCopies("Second").exit()).isEqualTo(ExitCode.OK);
      }
    }
  }

  /// Copies of a full and an incremental whose time is over, and of a full that stays.
  private Scene expired(Left left) {
    var scene = small();
    scene
        .repository()
        .further("Second", root.resolve("second"), "")
        .prunes("maxDropPercent: 100, requireVerifiedNewerFull: false, maxClockJump: 400d", "")
        .setOf(
            "Demo",
            List.of("Tree"),
            """
            staging: { use: { ref: Scratch, mode: auto } }
            copies: [ { to: Second, retentionDays: 95 } ]
            """,
            "cycleDays: 7, retentionDays: " + left.days + ", partSize: 1MiB");
    backedUp(scene, 0, Level.FULL);
    change(scene, 2);
    backedUp(scene, 1, Level.of(1));
    change(scene, 3);
    backedUp(scene, 2, Level.FULL);
    scene.afterwards().nothingLostNothingHalf(scene.tree());
    if (left == Left.COPIES_ONLY) {
      assertThat(scene.set().at(ORIGINALS_GONE).prune().exit()).isEqualTo(ExitCode.OK);
      assertThat(scene.set().images().getLast().state()).isEqualTo("COPIED");
      scene
          .afterwards()
          .mayGo(
              scene.set().images().stream()
                  .skip(1)
                  .map(row -> row.image().value())
                  .collect(Collectors.toSet()));
    }
    return scene;
  }

  private Scene small() {
    var repository = Repository.in(root).source("Tree", root.resolve("tree"));
    var set = new LocalSet(repository.folder(), root.resolve("state"), "Demo");
    var scene =
        new Scene(
            root,
            root.resolve("tree"),
            repository,
            new HoldfastProcess(repository.folder(), root.resolve("state")),
            set,
            new Afterwards(set, repository, root.resolve("scratch-copies")));
    change(scene, 1);
    return scene;
  }

  private static void change(Scene scene, int seed) {
    Trees.fill(scene.tree(), 3, 1_000, seed);
    scene.afterwards().generation(scene.tree());
  }

  private static void backedUp(Scene scene, int day, Level level) {
    var set = scene.set().at(FIRST.plus(Duration.ofDays(day)));
    assertThat(set.run(new LevelWish.Exactly(level)).exit()).isEqualTo(ExitCode.OK);
  }

  private Set<String> copies() throws IOException {
    return names().stream()
        .flatMap(name -> VolumeFileName.parse(name).orElseThrow().image().stream())
        .map(image -> image.value())
        .collect(Collectors.toSet());
  }

  private long manifests() throws IOException {
    return names().stream().filter(name -> name.endsWith(".manifest")).count();
  }

  private List<String> names() throws IOException {
    try (var all = Files.walk(root.resolve("second"))) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(root.resolve("second/.holdfast")))
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }
}
