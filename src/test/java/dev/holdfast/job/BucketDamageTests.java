package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Flip;
import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.S3Requests;
import dev.holdfast.fixture.S3Server;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.report.Row;
import dev.holdfast.report.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objects of a bucket in which bits have turned, below a server that knows nothing of it.
class BucketDamageTests {
  private static final int FLIPS = 2_000;
  private static final int RESTORES = 10;
  private static final List<String> SOURCES = List.of("One", "Two", "Three", "Four", "Five");

  @TempDir Path root;
  private final Random random = new Random(11);
  private final S3Server server = S3Server.inMemory();
  private final String bucket = server.newBucket();
  private Repository repository;
  private LocalSet set;

  @BeforeEach
  void declare() {
    repository = Repository.in(root).bucket("Vault", server.endpoint(), bucket);
    for (var source : SOURCES) {
      repository.source(source, Trees.fill(tree(source), 3, 9_000, source.hashCode()));
    }
    set = new LocalSet(repository.folder(), root.resolve("state"), "Demo");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// Many at once, one in each object: each is named by itself. Not in a label, which would hide
  /// what else is on its volume.
  @Test
  void everyFlippedBitIsFoundByVerify() {
    backedUp("");
    var objects = objects().stream().filter(key -> !key.endsWith(".label")).toList();
    assertThat(objects).hasSizeGreaterThan(4 * SOURCES.size());

    for (int flips = 0; flips < FLIPS; flips += objects.size()) {
      var whole = flipped(objects);
      var report = set.verify();
      assertThat(report.exit()).isEqualTo(ExitCode.DAMAGED);
      objects.forEach(key -> assertNamed(report, key));
      whole.forEach(Whole::comesBack);
    }

    assertThat(set.verify().exit()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aFlippedBitInALabelIsFoundToo() {
    backedUp("");
    var labels = objects().stream().filter(key -> key.endsWith(".label")).toList();

    for (int flips = 0; flips < 6; flips++) {
      var whole = flipped(labels);
      assertThat(set.verify().exit()).isNotEqualTo(ExitCode.OK);
      whole.forEach(Whole::comesBack);
    }
  }

  @Test
  void noRestoreGivesOtherBytesAndACopyThatIsWholeGivesThemAll() throws IOException {
    repository.furtherDisk("Second");
    backedUp("copies: [ { to: Second } ]");
    var parts = objects().stream().filter(key -> key.endsWith(".p0001")).toList();
    var second = root.resolve("Second");
    var away = root.resolve("away");

    for (int restores = 0; restores < RESTORES; restores++) {
      var image = set.images().get(random.nextInt(SOURCES.size()));
      var whole = flipped(objects().stream().filter(key -> isOf(key, image)).toList());
      Files.move(second, away);
      assertThat(restored(image, "alone" + restores)).isEqualTo(ExitCode.DAMAGED);
      Files.move(away, second);
      assertThat(restored(image, "back" + restores)).isEqualTo(ExitCode.OK);
      assertEqual(image, "back" + restores);
      whole.forEach(Whole::comesBack);
    }
    assertThat(parts).hasSize(SOURCES.size());
    assertThat(set.verify().exit()).isEqualTo(ExitCode.OK);
  }

  /// What an object was before.
  private final class Whole {
    private final String key;
    private final byte[] bytes;

    Whole(String key) {
      this.key = key;
      this.bytes = server.bytes(bucket, key);
      server.replace(bucket, key, Flip.within(bytes.length, random).of(bytes));
    }

    void comesBack() {
      server.replace(bucket, key, bytes);
    }
  }

  private List<Whole> flipped(List<String> keys) {
    var whole = new ArrayList<Whole>();
    keys.forEach(key -> whole.add(new Whole(key)));
    return whole;
  }

  private void backedUp(String copies) {
    repository.set(SOURCES, copies);
    assertThat(set.run(new LevelWish.Auto()).exit()).isEqualTo(ExitCode.OK);
  }

  private List<String> objects() {
    return S3Requests.with(server.endpoint(), S3Server.KEY, S3Server.SECRET).keys(bucket).stream()
        .filter(key -> !key.startsWith("prod/.holdfast/"))
        .toList();
  }

  private static boolean isOf(String key, Row.ImageRow image) {
    return key.contains("." + image.image().value() + ".");
  }

  /// `<prefix>/<LABEL>/<number>.<image>.<file>`, or a book of the volume, which belongs to no
  /// image.
  private static void assertNamed(VerifyReport report, String key) {
    var names = List.of(key.substring(key.lastIndexOf('/') + 1).split("\\.", -1));
    var told =
        names.size() == 3
            ? report.damage().stream()
                .filter(one -> one.image().image().value().equals(names.get(1)))
                .map(VerifyReport.Damage::file)
            : report.problems().stream().map(problem -> problem.place() + " " + problem.fact());
    assertThat(told.toList())
        .as(key)
        .anyMatch(
            text ->
                text.contains(names.getLast())
                    || text.contains(names.getLast().toUpperCase(java.util.Locale.ROOT)));
  }

  private ExitCode restored(Row.ImageRow image, String name) {
    try {
      return set.restore(image, root.resolve(name)).exit();
    } catch (HoldfastException refused) {
      return refused.exit();
    }
  }

  private void assertEqual(Row.ImageRow image, String name) {
    var tree = tree(image.source().source().value());
    var back = root.resolve(name).resolve(tree.toString().substring(1));
    assertThat(Trees.differences(tree, back)).isEmpty();
  }

  private Path tree(String source) {
    return root.resolve("live").resolve(source);
  }
}
