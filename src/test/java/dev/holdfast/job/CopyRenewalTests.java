package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.HoldRow;
import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.plan.LevelWish;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Copies that a verify found damaged are made again, and never at the cost of what is left.
class CopyRenewalTests {
  @TempDir Path root;
  private Path tree;
  private Path second;
  private Repository repository;
  private LocalSet set;

  @BeforeEach
  void anImageAndItsCopy() {
    tree = Trees.fill(root.resolve("data"), 12, 400_000, 1);
    second = root.resolve("second");
    repository = Repository.in(root).volumesOf("3MiB").source("Tree", tree);
    repository.further("Second", second, "").set(List.of("Tree"), "copies: [ { to: Second } ]");
    set = new LocalSet(repository.folder(), root.resolve("state"), "Demo");
    assertThat(set.run(new LevelWish.Auto()).exit()).isEqualTo(ExitCode.OK);
  }

  @Test
  void theNextCopyMakesItAgain() throws IOException {
    turnBit(second, "p0002");
    assertThat(set.verify().exit()).isEqualTo(ExitCode.DAMAGED);

    var report = set.copy();

    assertThat(report.exit()).as(report.toString()).isEqualTo(ExitCode.OK);
    assertThat(report.copies().getFirst().copied()).isEqualTo(1);
    assertWhole();
    assertThat(set.copy().copies().getFirst().copied()).as("again").isZero();
  }

  @Test
  void aRunDoesItToo() throws IOException {
    turnBit(second, "index");
    set.verify();

    assertThat(set.run(new LevelWish.Auto()).copies().getFirst().copied()).isEqualTo(2);
    assertThat(set.verify().exit()).isEqualTo(ExitCode.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p0001", "p0002", "index", "manifest"})
  void aFileThatIsGoneIsDamageToo(String suffix) throws IOException {
    delete(second, suffix);
    assertThat(set.verify().exit()).isEqualTo(ExitCode.DAMAGED);

    var report = set.copy();

    assertThat(report.exit()).as(report.toString()).isEqualTo(ExitCode.OK);
    assertWhole();
  }

  @Test
  void aFileThatIsGoneFromEveryHomeIsMissedAndNothingIsRemoved() throws IOException {
    delete(second, "p0001");
    delete(repository.storage(), "p0001");
    set.verify();
    var before = listing();

    var report = set.copy();

    assertThat(report.exit()).isEqualTo(ExitCode.DAMAGED);
    assertThat(report.problems().toString()).contains("p0001 is whole nowhere else now");
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void aVolumeThatIsGoneIsUnreadAndItsCopyIsLeft() throws IOException {
    var volume = files().getFirst().getParent();
    Files.move(volume, root.resolve("aside"));

    set.verify();

    assertThat(set.copy().copies().getFirst().copied()).isZero();
    Files.move(root.resolve("aside"), volume);
    assertWhole();
  }

  @Test
  void itStaysWhileAnyFileOfTheImageIsWholeNowhereElse() throws IOException {
    turnBit(second, "p0001");
    turnBit(repository.storage(), "p0002");
    set.verify();
    var before = listing();

    var report = set.copy();

    assertThat(report.exit()).isEqualTo(ExitCode.DAMAGED);
    assertThat(report.problems().toString())
        .contains("is damaged and is not made again: p0002 is whole nowhere else now");
    assertThat(listing()).isEqualTo(before);
    assertThat(set.restore(set.images().getFirst(), root.resolve("back")).exit())
        .as("from both together")
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void itStaysWhileTheSetsOwnStorageIsAway() throws IOException {
    turnBit(second, "p0001");
    set.verify();
    var before = listing();
    Files.move(repository.storage(), root.resolve("away"));

    assertThat(set.copy().exit()).isEqualTo(ExitCode.DAMAGED);

    assertThat(listing()).isEqualTo(before);
    Files.move(root.resolve("away"), repository.storage());
    assertThat(set.copy().exit()).isEqualTo(ExitCode.OK);
    assertWhole();
  }

  @Test
  void whatIsWholeAgainIsNotTouched() throws IOException {
    turnBit(second, "p0002");
    set.verify();
    turnBit(second, "p0002");
    var before = listing();

    assertThat(set.copy().exit()).isEqualTo(ExitCode.OK);

    assertThat(listing()).isEqualTo(before);
    assertThat(set.copy().copies().getFirst().pending()).isZero();
  }

  @Test
  void whatIsArchivedStays() throws Exception {
    turnBit(second, "p0002");
    set.verify();
    try (var catalog = Catalog.open(set.state().resolve("catalog"), Duration.ZERO)) {
      for (var label : catalog.inventory().labels("Second")) {
        catalog.lifetimes().hold(new HoldRow(label, Instant.now(), "evidence"));
      }
    }
    var before = listing();

    assertThat(set.copy().exit()).isEqualTo(ExitCode.STORAGE);

    assertThat(listing()).isEqualTo(before);
  }

  /// Every state that a run can leave which was cut off while it removed the old files.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 100})
  void oneThatWasCutOffGoesOn(int removed) throws IOException {
    turnBit(second, "p0001");
    set.verify();
    for (var file : inOrderOfRemoval().stream().limit(removed).toList()) {
      Files.delete(file);
    }

    var report = set.copy();

    assertThat(report.exit()).as(report.toString()).isEqualTo(ExitCode.OK);
    assertWhole();
  }

  private void assertWhole() {
    var verify = set.verify();
    assertThat(verify.exit()).as(verify.toString()).isEqualTo(ExitCode.OK);
    assertThat(verify.images()).hasSize(2);
    assertThat(set.check().differences()).isEmpty();
  }

  private List<Path> inOrderOfRemoval() throws IOException {
    var kinds = List.of("manifest", "state", "index");
    return files().stream()
        .sorted(
            Comparator.comparingInt(
                    (Path file) -> {
                      int kind = kinds.indexOf(suffix(file));
                      return kind < 0 ? kinds.size() : kind;
                    })
                .thenComparing(CopyRenewalTests::suffix, Comparator.reverseOrder()))
        .toList();
  }

  private static String suffix(Path file) {
    return file.getFileName().toString().replaceFirst(".*\\.", "");
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(second)) {
      return all.filter(
              file -> file.getFileName().toString().matches("\\d+\\.[^.]+\\.(p\\d+|[a-z]+)"))
          .toList();
    }
  }

  private String listing() {
    return Trees.output("find", second.toString(), "-name", "0*", "-printf", "%p %s %T@ %i\n");
  }

  private static void delete(Path storage, String suffix) throws IOException {
    try (var all = Files.walk(storage)) {
      for (var file : all.filter(one -> suffix(one).equals(suffix)).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void turnBit(Path storage, String suffix) throws IOException {
    try (var all = Files.walk(storage)) {
      for (var file : all.filter(one -> suffix(one).equals(suffix)).toList()) {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.seek(bytes.length() - 20);
          int was = bytes.read();
          bytes.seek(bytes.length() - 20);
          bytes.write(was ^ 1);
        }
      }
    }
  }
}
