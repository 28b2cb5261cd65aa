package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Level;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a verify found damaged is nothing to build the next backups on.
class DamagedBaseTests {
  private static final LevelWish FULL = new LevelWish.Exactly(Level.FULL);

  @TempDir Path root;
  private Path tree;
  private Repository repository;
  private LocalSet set;

  @BeforeEach
  void aFull() throws IOException {
    tree = Trees.fill(root.resolve("data"), 5, 100_000, 1);
    repository = Repository.in(root).source("Tree", tree).set(List.of("Tree"), "");
    set = new LocalSet(repository.folder(), root.resolve("state"), "Demo");
    dump(FULL, 1);
  }

  @Test
  void aDamagedFullIsFollowedByAFull() throws IOException {
    damage(newest());

    var report = dump(new LevelWish.Auto(), 2);

    assertThat(level(report)).contains(Level.FULL);
    assertRestored();
    assertThat(level(dump(new LevelWish.Auto(), 3))).contains(Level.of(1));
  }

  @Test
  void anOlderFullThatIsWholeIsBuiltOn() throws IOException {
    dump(FULL, 2);
    damage(newest());

    assertThat(level(dump(new LevelWish.Auto(), 3))).contains(Level.of(1));

    assertRestored();
  }

  @Test
  void aDamagedIncrementalIsLeftOut() throws IOException {
    dump(new LevelWish.Exactly(Level.of(1)), 2);
    damage(newest());

    dump(new LevelWish.Exactly(Level.of(2)), 3);

    assertRestored();
  }

  @Test
  void whatIsWholeAgainIsBuiltOnAgain() throws IOException {
    damage(newest());
    damage(newest());
    assertThat(set.verify().exit()).isEqualTo(ExitCode.OK);

    assertThat(level(dump(new LevelWish.Auto(), 2))).contains(Level.of(1));
  }

  private RunReport dump(LevelWish level, int night) throws IOException {
    Files.writeString(tree.resolve("of night " + night), "night " + night);
    var report = set.run(level);
    assertThat(report.exit()).as(report.toString()).isEqualTo(ExitCode.OK);
    return report;
  }

  private static Optional<Level> level(RunReport report) {
    return report.sources().getFirst().level();
  }

  private String newest() {
    return set.images().getFirst().image().value();
  }

  private void assertRestored() throws IOException {
    var back = root.resolve("back");
    assertThat(set.restore(set.images().getFirst(), back).exit()).isEqualTo(ExitCode.OK);
    assertThat(Trees.differences(tree, back.resolve(tree.toString().substring(1)))).isEmpty();
  }

  /// Turns a bit of its first part, or turns it back, and lets a verify see it.
  private void damage(String image) throws IOException {
    try (var all = Files.walk(repository.storage())) {
      var name = image + ".p0001";
      var part = all.filter(file -> file.toString().endsWith(name)).findFirst().orElseThrow();
      var bytes = Files.readAllBytes(part);
      bytes[bytes.length - 20] ^= 1;
      Files.write(part, bytes);
    }
    set.verify();
  }
}
