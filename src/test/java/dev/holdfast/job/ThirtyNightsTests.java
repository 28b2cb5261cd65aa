package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.config.LoadRequest;
import dev.holdfast.config.LoadResult;
import dev.holdfast.config.Loader;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.report.RunEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A month of nights with real dumps of trees that change every day, by a clock of the test's own:
/// then every one of the days comes back as it was.
class ThirtyNightsTests {
  private static final int NIGHTS = 30;
  private static final int CYCLE_DAYS = 7;
  private static final Instant FIRST = Instant.parse("2026-03-14T22:00:00Z");
  private static final List<String> SOURCES = List.of("Web", "Mail");

  @TempDir Path root;
  final Random random = new Random(20260314);
  final List<Level> levels = new ArrayList<>();

  @Test
  void everyDayOfAMonthComesBackAsItWas() throws Exception {
    var declarations = declare();
    var set = declarations.set("Demo").orElseThrow();
    for (int night = 0; night < NIGHTS; night++) {
      for (var source : SOURCES) {
        change(tree(source), night);
        Trees.output("cp", "-a", tree(source).toString(), copy(source, night).toString());
      }
      backUp(declarations, set, night);
    }

    for (int night = 0; night < NIGHTS; night++) {
      for (var source : SOURCES) {
        var target = root.resolve("restored");
        restore(declarations, set, new SourceName(source), night, target);
        var restored = target.resolve(tree(source).toString().substring(1));
        assertThat(Trees.differences(copy(source, night), restored))
            .as("%s after night %d", source, night)
            .isEmpty();
        Trees.output("rm", "-rf", target.toString());
      }
    }
    assertThat(levels).contains(Level.FULL, Level.of(1), Level.of(2));
  }

  private Declarations declare() throws IOException {
    var repository =
        Repository.in(root).set(SOURCES, "how: { bump: { days: 1, percent: 0%, size: 1B } }");
    for (var source : SOURCES) {
      repository.source(source, Trees.fill(tree(source), 40, 3_000, source.hashCode()));
    }
    var loaded =
        Loader.load(
            new LoadRequest(repository.folder(), Optional.of(root.resolve("state")), Map.of()));
    return ((LoadResult.Loaded) loaded).declarations();
  }

  private void backUp(Declarations declarations, BackupSet set, int night) throws Exception {
    var request =
        new RunRequest(
            declarations,
            set,
            new LevelWish.Auto(),
            Set.of(),
            false,
            Duration.ZERO,
            Clock.fixed(at(night), ZoneOffset.UTC));
    var report = Backup.run(request, RunEvents.silent(), new StopSignal());
    assertThat(report.problems()).isEmpty();
    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    report.sources().forEach(source -> levels.add(source.level().orElseThrow()));
    assertFullWithinTwoCycles();
  }

  /// The planner's promise: a full of each source in every two cycles.
  private void assertFullWithinTwoCycles() {
    int window = 2 * CYCLE_DAYS * SOURCES.size();
    if (levels.size() >= window) {
      for (int source = 0; source < SOURCES.size(); source++) {
        var recent = new ArrayList<Level>();
        for (int i = levels.size() - window + source; i < levels.size(); i += SOURCES.size()) {
          recent.add(levels.get(i));
        }
        assertThat(recent).contains(Level.FULL);
      }
    }
  }

  private void restore(
      Declarations declarations, BackupSet set, SourceName source, int night, Path target)
      throws Exception {
    var request =
        new RestoreRequest(
            declarations,
            set,
            source,
            List.of(),
            Optional.of(at(night).plusSeconds(60)),
            Optional.empty(),
            target,
            false,
            Clock.systemUTC());
    assertThat(Restore.run(request, RunEvents.silent()).exit()).isEqualTo(ExitCode.OK);
  }

  /// New, changed, deleted and renamed things; a file that becomes a folder and back.
  private void change(Path tree, int night) throws IOException {
    var day = tree.resolve("day" + night % 5);
    Files.createDirectories(day);
    for (int n = 0; n < 4; n++) {
      var content = new byte[random.nextInt(4_000)];
      random.nextBytes(content);
      Files.write(day.resolve("file" + random.nextInt(8)), content);
    }
    var turning = tree.resolve("turning");
    if (night % 2 == 0) {
      Trees.output("rm", "-rf", turning.toString());
      Files.writeString(turning, "a file in night " + night);
    } else {
      Trees.output("rm", "-rf", turning.toString());
      Files.createDirectory(turning);
      Files.writeString(turning.resolve("inside"), "a folder in night " + night);
    }
    var moved = tree.resolve("moved" + night % 3);
    Trees.output("rm", "-rf", moved.toString());
    Files.move(day, moved);
  }

  private Path tree(String source) {
    return root.resolve("live").resolve(source);
  }

  private Path copy(String source, int night) {
    return root.resolve(source + "-" + night);
  }

  private static Instant at(int night) {
    return FIRST.plus(Duration.ofDays(night));
  }
}
