package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.S3Server;
import dev.holdfast.fixture.Trees;
import dev.holdfast.fixture.WrongAnswers;
import dev.holdfast.model.ExitCode;
import dev.holdfast.report.Row;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A bucket that does not answer for three nights, comes back, goes away once more while it is
/// caught up with, and is there for good: what the real command does each of these nights.
@Execution(ExecutionMode.CONCURRENT)
class ThreeDayOutageIntegrationTests {
  private static final int NIGHTS = 5;

  @TempDir Path root;
  private final S3Server real = S3Server.inMemory();
  private final WrongAnswers server = WrongAnswers.before(URI.create(real.endpoint()).getPort());
  private final String bucket = real.newBucket();
  private Path tree;
  private Repository repository;
  private HoldfastProcess holdfast;
  private LocalSet set;

  @BeforeEach
  void declare() {
    tree = root.resolve("tree");
    repository = Repository.in(root).volumesOf("3MiB").source("Tree", tree);
    repository.set(List.of("Tree"), "copies: [ { to: Second } ]");
    holdfast = new HoldfastProcess(repository.folder(), root.resolve("state"));
    set = new LocalSet(repository.folder(), root.resolve("state"), "Demo");
  }

  @AfterEach
  void stop() {
    server.close();
    real.close();
  }

  /// The copies go on from staging meanwhile.
  @Test
  void theSetsOwnBucketIsAwayAndNothingIsLost() throws IOException {
    repository.bucket("Vault", server.endpoint(), bucket).furtherDisk("Second");
    night(0, 0);
    server.down();
    for (int night = 1; night <= 3; night++) {
      night(night, 75);
      assertThat(set.images()).hasSize(night + 1);
      assertThat(stagedImages()).isEqualTo(night);
    }
    holdfast.run("prune", "Demo", "--now", at(3)).expect(75);
    holdfast.run("flush", "Demo", "--now", at(3)).expect(75);

    awayAgainAfterParts(3);
    assertThat(holdfast.run("flush", "Demo", "--now", at(4)).expect(75).out())
        .contains("images wait in staging");
    assertThat(stagedImages()).isBetween(1, 3);
    server.up();
    holdfast.run("flush", "Demo", "--now", at(4)).expect(0);

    everythingIsThere();
  }

  /// A further storage that is away fails no night: its copies are owed.
  @Test
  void theBucketOfTheCopiesIsAwayAndIsCaughtUpWith() throws IOException {
    repository.bucket("Second", server.endpoint(), bucket);
    night(0, 0);
    server.down();
    for (int night = 1; night <= 3; night++) {
      assertThat(night(night, 0).out()).contains("cannot be reached");
      assertThat(stagedImages()).isZero();
      assertThat(owed()).isEqualTo(night);
    }
    holdfast.run("copy", "Demo", "--now", at(3)).expect(75);

    awayAgainAfterParts(3);
    holdfast.run("copy", "Demo", "--now", at(4)).expect(75);
    assertThat(owed()).isBetween(1L, 3L);
    server.up();
    holdfast.run("copy", "Demo", "--now", at(4)).expect(0);

    everythingIsThere();
  }

  /// Also after a further night, which builds on what came back, and a prune that finds nothing.
  private void everythingIsThere() throws IOException {
    night(4, 0);
    holdfast.run("prune", "Demo", "--now", at(4)).expect(0);

    var images = set.images();
    assertThat(images).hasSize(NIGHTS);
    assertThat(images).extracting(Row.ImageRow::state).containsOnly("STORED");
    assertThat(images).extracting(Row.ImageRow::copies).containsOnly(List.of("Second"));
    assertThat(stagedImages()).isZero();
    assertThat(set.check().differences()).isEmpty();
    assertThat(set.verify().exit()).isEqualTo(ExitCode.OK);
    for (int night = 0; night < NIGHTS; night++) {
      comesBack(images.get(NIGHTS - 1 - night), night);
    }
  }

  private void comesBack(Row.ImageRow image, int night) {
    var back = root.resolve("back" + night);
    assertThat(set.restore(image, back).exit()).isEqualTo(ExitCode.OK);
    assertThat(Trees.differences(kept(night), back.resolve(tree.toString().substring(1))))
        .as("night " + night)
        .isEmpty();
  }

  private HoldfastProcess.Result night(int night, int exit) throws IOException {
    change(night);
    Trees.output("cp", "-a", tree.toString(), kept(night).toString());
    return holdfast.run("run", "Demo", "--now", at(night)).expect(exit);
  }

  /// Other bytes in most of the tree, one file more and one less: several parts each night.
  private void change(int night) throws IOException {
    var random = new Random(night);
    Files.createDirectories(tree.resolve("sub"));
    for (int file = 0; file < 3; file++) {
      var content = new byte[900_000];
      random.nextBytes(content);
      Files.write(tree.resolve("sub").resolve("file" + file), content);
    }
    Files.writeString(tree.resolve("born" + night), "in night " + night);
    Files.deleteIfExists(tree.resolve("born" + (night - 1)));
  }

  /// The server takes so many parts of images, and then no request any more.
  private void awayAgainAfterParts(int parts) {
    server.up().next(parts, "PUT", ".p0", WrongAnswers.real());
    server.next(1, "PUT", ".p0", WrongAnswers.goingDown());
  }

  private long owed() {
    return set.images().stream().filter(image -> image.copies().isEmpty()).count();
  }

  private int stagedImages() throws IOException {
    try (var folders = Files.walk(repository.staging())) {
      return (int) folders.filter(file -> file.endsWith("manifest")).count();
    }
  }

  private Path kept(int night) {
    return root.resolve("night" + night);
  }

  private static String at(int night) {
    return "2026-03-1" + (4 + night) + "T22:00:00Z";
  }
}
