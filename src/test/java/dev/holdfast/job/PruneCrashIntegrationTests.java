package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Level;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.report.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// The real `prune` is killed between any two of its durable effects: what is listed then is whole,
/// what is kept comes back as it was, and the next prune, run or rebuild brings all to agree.
@Execution(ExecutionMode.CONCURRENT)
class PruneCrashIntegrationTests {
  private static final int KILLED = 137;
  private static final Instant FIRST = Instant.parse("2026-03-14T22:00:00Z");
  private static final Instant LATER = FIRST.plus(Duration.ofHours(91 * 24 + 12));

  /// How the set goes on after the crash.
  enum Next {
    PRUNE,
    RUN,
    REBUILD_AND_PRUNE
  }

  /// Each point at least once, some of them in the second image too, which is a full.
  static final List<Arguments> SURVIVED =
      Stream.of(
              "tombstone-written PRUNE",
              "tombstone-written:2 REBUILD_AND_PRUNE",
              "toc-removed PRUNE",
              "manifest-removed RUN",
              "manifest-removed:2 REBUILD_AND_PRUNE",
              "state-removed RUN",
              "index-removed REBUILD_AND_PRUNE",
              "part-removed PRUNE",
              "part-removed:3 RUN",
              "pruned-recorded PRUNE",
              "pruned-recorded:2 RUN")
          .map(words -> words.split(" ", -1))
          .map(words -> Arguments.of(words[0], Next.valueOf(words[1])))
          .toList();

  @TempDir Path root;

  @ParameterizedTest
  @FieldSource("SURVIVED")
  void aPruneThatIsKilledIsFinishedByWhatComesNext(String point, Next next) {
    var scene = expired();
    var kept = scene.set().images().getFirst().image().value();

    scene.holdfast().crashAt(point, "prune", "Demo", "--now", LATER.toString()).expect(KILLED);

    scene.afterwards().nothingLostNothingHalf(scene.tree());
    goOn(scene.set().at(LATER.plusSeconds(60)), next);
    scene.afterwards().settled(scene.tree());
    var left = scene.set().imageIds();
    assertThat(left).contains(kept).hasSize(next == Next.PRUNE ? 1 : 2);
    assertThat(scene.set().at(LATER.plusSeconds(90)).pruneDryRun().images()).hasSize(left.size());
  }

  @Test
  void theCommandShowsWhatGoesRefusesWhatIsTooMuchAndPrunesWhatWasAgreed() {
    var scene = expired();
    var now = LATER.toString();
    scene.repository().prunes("requireVerifiedNewerFull: false, maxClockJump: 400d", "");

    var shown = scene.holdfast().run("prune", "Demo", "--dry-run", "--now", now).expect(11);
    var refused = scene.holdfast().run("prune", "Demo", "--now", now).expect(11);

    assertThat(shown.out()).contains("EXPIRED", "KEPT", "older than 90 days");
    assertThat(refused.out())
        .contains("2 of 3 images would go at once, which is more than the 30% of maxDropPercent");
    var digest = shown.out().replaceAll("(?s).*digest ([0-9a-f]{16}).*", "$1");
    scene.holdfast().run("prune", "Demo", "--approve", "0000" + digest, "--now", now).expect(11);
    assertThat(scene.set().images()).hasSize(3);
    var pruned = scene.holdfast().run("prune", "Demo", "--approve", digest, "--now", now).expect(0);
    assertThat(pruned.out()).contains("2 pruned");
    scene.afterwards().settled(scene.tree());
  }

  private static void goOn(LocalSet set, Next next) {
    switch (next) {
      case PRUNE -> assertThat(set.prune().exit()).isEqualTo(ExitCode.OK);
      case RUN -> assertThat(set.run(new LevelWish.Auto()).exit()).isEqualTo(ExitCode.OK);
      case REBUILD_AND_PRUNE -> {
        assertThat(set.rebuild().problems()).isEmpty();
        Trees.output("sh", "-c", "rm -r '" + set.state() + "'/catalog.before-*");
        assertThat(set.prune().exit()).isEqualTo(ExitCode.OK);
        // debris of an image without a manifest is the next run's
        assertThat(set.run(new LevelWish.Exactly(Level.FULL)).exit()).isEqualTo(ExitCode.OK);
      }
    }
  }

  /// A full and an incremental whose time is over, and a full that stays; each needs two volumes.
  private Scene expired() {
    var scene = Scene.in(root);
    scene
        .repository()
        .prunes("maxDropPercent: 100, requireVerifiedNewerFull: false, maxClockJump: 400d", "");
    backedUp(scene, 0, new LevelWish.Exactly(Level.FULL));
    scene.change(2);
    backedUp(scene, 1, new LevelWish.Exactly(Level.of(1)));
    scene.change(3);
    backedUp(scene, 2, new LevelWish.Exactly(Level.FULL));
    scene.afterwards().mayGo(older(scene.set().images()));
    return scene;
  }

  private static void backedUp(Scene scene, int day, LevelWish level) {
    var report = scene.set().at(FIRST.plus(Duration.ofDays(day))).run(level);
    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    scene.afterwards().nothingLostNothingHalf(scene.tree());
  }

  private static Set<String> older(List<Row.ImageRow> newestFirst) {
    return newestFirst.stream().skip(1).map(row -> row.image().value()).collect(Collectors.toSet());
  }
}
