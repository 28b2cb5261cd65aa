package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.image.Manifest;
import dev.holdfast.model.Digest;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Level;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.report.PruneReport;
import dev.holdfast.report.PruneReport.Outcome;
import dev.holdfast.report.RunReport;
import dev.holdfast.report.VerifyReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images on further storages: how they come there, and what they are good for.
class CopyTests {
  @TempDir Path root;
  private Path tree;
  private Path second;
  private Repository repository;
  private LocalSet set;

  @BeforeEach
  void aSetOfOneTree() throws IOException {
    tree = Trees.fill(root.resolve("data"), 12, 400_000, 1);
    second = root.resolve("second");
    repository = Repository.in(root).volumesOf("3MiB").source("Tree", tree);
    repository.further("Second", second, "");
    declare("{ to: Second }");
    set = new LocalSet(repository.folder(), root.resolve("state"), "Demo");
  }

  @Test
  void aRunCopiesEveryImageByteForByteToBytesOfItsOwn() throws IOException {
    runs(ExitCode.OK);
    changed(2);
    var report = runs(ExitCode.OK);

    assertThat(report.copies())
        .extracting(copy -> copy.storage(), copy -> copy.copied(), copy -> copy.pending())
        .containsExactly(tuple("Second", 1L, 0L));
    assertThat(set.images()).extracting(row -> row.copies()).containsOnly(List.of("Second"));
    var own = files(repository.storage());
    var copied = files(second);
    assertThat(copied.keySet()).isEqualTo(own.keySet());
    for (var name : own.keySet()) {
      if (!name.endsWith("manifest")) {
        assertThat(Files.mismatch(own.get(name), copied.get(name))).as(name).isEqualTo(-1);
      }
      assertThat(Files.isSameFile(own.get(name), copied.get(name))).as(name).isFalse();
    }
    assertWhole(4);
  }

  @Test
  void aStorageThatIsAwayKeepsNoRunFromEndingWell() throws IOException {
    repository.further("Second", second, "identity: mine");

    var report = runs(ExitCode.OK);

    var copy = report.copies().getFirst();
    assertThat(copy.pending()).isEqualTo(1);
    assertThat(copy.problem().orElseThrow().hint()).contains("'holdfast copy Demo' goes on");
    assertThat(second).doesNotExist();
    assertThat(set.copy().exit()).isEqualTo(ExitCode.TEMPFAIL);

    Files.createDirectory(second);
    Files.writeString(second.resolve(".holdfast-identity"), "mine");
    var later = set.copy();
    assertThat(later.exit()).isEqualTo(ExitCode.OK);
    assertThat(later.copies().getFirst().copied()).isEqualTo(1);
    assertWhole(2);
  }

  @Test
  void aCopyThatMissesItsTimeIsToldByTheExitCodeAndNextNightDumpsAllTheSame() throws Exception {
    repository.further("Second", second, "identity: mine");
    declare("{ to: Second, within: 1s }");
    set.run(new LevelWish.Auto());
    Thread.sleep(1100);
    changed(2);

    var report = runs(ExitCode.TEMPFAIL);

    assertThat(report.copies().getFirst().late()).isEqualTo(1);
    assertThat(report.resumed()).isFalse();
    assertThat(set.images()).hasSize(2);
    changed(3);
    assertThat(runs(ExitCode.TEMPFAIL).resumed()).isFalse();
    assertThat(set.images()).hasSize(3);
  }

  @Test
  void whatAnotherStateDirectoryHasCopiedIsNotCopiedAgain() throws IOException {
    repository.further("Second", second, "identity: mine");
    runs(ExitCode.OK);
    Trees.output(
        "cp", "-r", root.resolve("state").toString(), root.resolve("other-state").toString());
    Files.createDirectory(second);
    Files.writeString(second.resolve(".holdfast-identity"), "mine");
    assertThat(set.copy().copies().getFirst().copied()).isEqualTo(1);
    var before = Trees.output("find", second.toString(), "-name", "0*", "-printf", "%p %s\n");

    var other = new LocalSet(repository.folder(), root.resolve("other-state"), "Demo");
    var report = other.copy();

    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    assertThat(report.copies().getFirst().copied()).isZero();
    assertThat(other.images().getFirst().copies()).containsExactly("Second");
    assertThat(Trees.output("find", second.toString(), "-name", "0*", "-printf", "%p %s\n"))
        .isEqualTo(before);
  }

  @Test
  void onlyWhatIsSelectedIsCopied() throws IOException {
    declare("{ to: Second, select: fulls }");
    runs(ExitCode.OK);
    changed(2);
    runs(ExitCode.OK);

    assertThat(set.images())
        .extracting(row -> row.level().value(), row -> row.copies())
        .containsExactly(tuple(1, List.of()), tuple(0, List.of("Second")));
  }

  @Test
  void everyStorageOfSeveralGetsItsOwn() throws IOException {
    repository.further("Third", root.resolve("third"), "");
    declare("{ to: Second }, { to: Third, select: latestFulls }");

    runs(ExitCode.OK);

    assertThat(set.images().getFirst().copies()).containsExactly("Second", "Third");
    assertWhole(3);
  }

  @Test
  void aRestoreTakesEachPartFromWhereItIsWholeAndSaysSo() throws IOException {
    runs(ExitCode.OK);
    damage(repository.storage(), "p0002");
    remove(repository.storage(), "p0003");
    damage(second, "p0001");

    var report = set.restore(set.images().getFirst(), root.resolve("back"));

    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    assertThat(report.notes().getFirst())
        .contains("p0002, p0003 came from volume Demo-Second-00")
        .contains("because volume Demo-00");
    assertThat(restored("back")).isEmpty();
    var verify = set.verify();
    assertThat(verify.exit()).isEqualTo(ExitCode.DAMAGED);
    assertThat(verify.damage()).extracting(VerifyReport.Damage::file).contains("p0001", "p0002");
  }

  @Test
  void aPartThatIsDamagedEverywhereIsNotRestored() throws IOException {
    runs(ExitCode.OK);
    damage(repository.storage(), "p0002");
    damage(second, "p0002");

    assertThatThrownBy(() -> set.restore(set.images().getFirst(), root.resolve("back")))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            failed -> assertThat(failed.exit()).isEqualTo(ExitCode.DAMAGED));
  }

  @Test
  void withTheSetsOwnStorageGoneTheCatalogIsRebuiltFromTheCopies() throws IOException {
    runs(ExitCode.OK);
    changed(2);
    runs(ExitCode.OK);
    Files.move(repository.storage(), root.resolve("away"));
    Trees.output("rm", "-r", root.resolve("state").toString(), repository.staging().toString());

    assertThat(set.rebuild().exit()).isEqualTo(ExitCode.TEMPFAIL);

    assertThat(repository.storage()).doesNotExist();
    assertThat(set.images()).hasSize(2).extracting(row -> row.state()).containsOnly("COPIED");
    assertThat(set.restore(set.images().getFirst(), root.resolve("back")).exit())
        .isEqualTo(ExitCode.OK);
    assertThat(restored("back")).isEmpty();
    Files.move(root.resolve("away"), repository.storage());
    assertThat(set.rebuild().exit()).isEqualTo(ExitCode.OK);
    assertThat(set.images()).extracting(row -> row.state()).containsOnly("STORED");
    assertWhole(4);
  }

  @Test
  void whatWaitsInStagingIsCopiedFromThereAndOutlivesIt() throws IOException {
    repository.disk("identity: mine\nvtapes: { size: 3MiB }");

    runs(ExitCode.TEMPFAIL);

    var image = set.images().getFirst();
    assertThat(image.state()).isEqualTo("STAGED");
    assertThat(image.copies()).containsExactly("Second");
    Trees.output("rm", "-r", repository.staging().toString());
    Files.createDirectory(repository.storage());
    Files.writeString(repository.storage().resolve(".holdfast-identity"), "mine");
    changed(2);
    runs(ExitCode.OK);
    var kept = set.images().getLast();
    assertThat(kept.image()).isEqualTo(image.image());
    assertThat(kept.state()).isEqualTo("COPIED");
  }

  @Test
  void aCopyThatWasMadeBeforeItsImageHadANumberGetsThatNumber() throws Exception {
    runs(ExitCode.OK);
    repository.disk("identity: mine\nvtapes: { size: 3MiB }");
    Files.writeString(repository.storage().resolve(".holdfast-identity"), "mine");
    Files.move(repository.storage(), root.resolve("away"));
    changed(2);
    runs(ExitCode.TEMPFAIL);
    changed(3);
    assertThat(set.run(new LevelWish.Exactly(Level.FULL)).exit()).isEqualTo(ExitCode.TEMPFAIL);
    assertThat(numbers()).containsExactly(0L, 0L, 1L);
    var inOrder = set.images().reversed().stream().map(row -> row.image()).toList();

    Files.move(root.resolve("away"), repository.storage());
    changed(4);
    runs(ExitCode.OK);

    assertThat(numbers()).containsExactly(4L, 3L, 2L, 1L);
    assertThat(chained()).isEqualTo(ownChain());
    assertWhole(8);
    assertThat(set.copy().copies().getFirst().copied()).isZero();
    Files.move(repository.storage(), root.resolve("away"));
    Trees.output("rm", "-r", root.resolve("state").toString());
    var rebuilt = set.rebuild();
    assertThat(rebuilt.images().stream().map(ref -> ref.image()).toList().subList(0, 3))
        .isEqualTo(inOrder);
    assertThat(numbers()).containsExactly(4L, 3L, 2L, 1L);
  }

  @Test
  void aRebuildFromCopiesWithoutNumbersIsInTheOrderOfTheirTimes() throws Exception {
    repository.disk("identity: mine\nvtapes: { size: 3MiB }");
    for (int run = 1; run <= 3; run++) {
      changed(run);
      assertThat(set.run(new LevelWish.Exactly(Level.FULL)).exit()).isEqualTo(ExitCode.TEMPFAIL);
    }
    var inOrder = set.images().reversed().stream().map(row -> row.image()).toList();
    Trees.output("rm", "-r", root.resolve("state").toString(), repository.staging().toString());

    assertThat(set.rebuild().images()).extracting(ref -> ref.image()).isEqualTo(inOrder);
  }

  /// Of the copies' manifests, the newest image first.
  private List<Long> numbers() throws Exception {
    return copied(manifest -> manifest.sequence());
  }

  private List<Optional<Digest>> chained() throws Exception {
    return copied(manifest -> manifest.previous());
  }

  private <T> List<T> copied(Function<Manifest, T> fact) throws Exception {
    try (var catalog = Catalog.openToRead(set.state().resolve("catalog"), Duration.ZERO)) {
      return catalog.images().list().stream()
          .flatMap(row -> catalog.copies().find(row.planned().image(), "Second").stream())
          .map(copy -> fact.apply(copy.manifest().orElseThrow()))
          .toList();
    }
  }

  private List<Optional<Digest>> ownChain() throws Exception {
    try (var catalog = Catalog.openToRead(set.state().resolve("catalog"), Duration.ZERO)) {
      return catalog.images().list().stream()
          .map(row -> row.manifest().orElseThrow().previous())
          .toList();
    }
  }

  @Test
  void aDamagedOriginalIsToldAndNeverCopied() throws IOException {
    repository.further("Second", second, "identity: mine");
    runs(ExitCode.OK);
    damage(repository.storage(), "p0002");
    Files.createDirectory(second);
    Files.writeString(second.resolve(".holdfast-identity"), "mine");

    var report = set.copy();

    assertThat(report.exit()).isEqualTo(ExitCode.DAMAGED);
    assertThat(report.problems().getFirst().fact()).contains("damaged: p0002");
    assertThat(set.images().getFirst().copies()).isEmpty();
    assertThat(files(second).keySet()).noneMatch(name -> name.endsWith("manifest"));
  }

  @Test
  void anImageThatItsOwnStorageHasPrunedLivesOnAsACopy() throws IOException {
    declare("{ to: Second, retentionDays: 400 }");
    withoutBrakes();
    runs(ExitCode.OK);
    var first = set.images().getFirst();
    Trees.output("cp", "-a", tree.toString(), root.resolve("first").toString());
    changed(2);

    at(100).run(new LevelWish.Exactly(Level.FULL));

    var images = set.images();
    assertThat(images)
        .extracting(row -> row.state(), row -> row.copies())
        .containsExactly(tuple("STORED", List.of("Second")), tuple("COPIED", List.of("Second")));
    assertThat(images.getLast().image()).isEqualTo(first.image());
    assertThat(set.restore(images.getLast(), root.resolve("back")).exit()).isEqualTo(ExitCode.OK);
    assertThat(
            Trees.differences(
                root.resolve("first"), root.resolve("back").resolve(tree.toString().substring(1))))
        .isEmpty();
    assertWhole(3);
    at(500).run(new LevelWish.Exactly(Level.FULL));
    assertThat(set.images()).noneMatch(row -> row.image().equals(first.image()));
    assertWhole(2);
  }

  @Test
  void aCopyThatHasExpiredIsRemovedAndNotMadeAgain() throws IOException {
    declare("{ to: Second, retentionDays: 10 }");
    withoutBrakes();
    runs(ExitCode.OK);
    changed(2);

    at(20).run(new LevelWish.Exactly(Level.FULL));

    assertThat(set.images())
        .extracting(row -> row.state(), row -> row.copies())
        .containsExactly(tuple("STORED", List.of("Second")), tuple("STORED", List.of()));
    assertThat(at(21).copy().copies().getFirst().copied()).isZero();
    assertWhole(3);
  }

  @Test
  void aCopyGoesWhenANewerFullWasVerifiedOnItsOwnStorage() throws IOException {
    declare("{ to: Second, retentionDays: 10 }");
    repository.prunes("maxDropPercent: 100, maxClockJump: 600d", "");
    at(0).run(new LevelWish.Exactly(Level.FULL));
    at(1).run(new LevelWish.Exactly(Level.FULL));

    assertThat(why(at(20).pruneCopies("Second")))
        .isEqualTo("expired, but no newer full of its source was verified");
    Trees.output("mv", second.toString(), root.resolve("away").toString());
    assertThat(set.verify().exit()).as("of the set's own storage").isNotEqualTo(ExitCode.OK);
    Trees.output("mv", root.resolve("away").toString(), second.toString());
    assertThat(at(20).pruneCopies("Second").count(Outcome.PRUNED)).isZero();
    assertThat(set.verify().exit()).isEqualTo(ExitCode.OK);
    assertThat(at(20).pruneCopies("Second").count(Outcome.PRUNED)).isEqualTo(1);
  }

  @Test
  void aCopyThatIsDamagedIsNotTheNewestFullThatIsLeft() throws IOException {
    declare("{ to: Second, retentionDays: 10 }");
    withoutBrakes();
    at(0).run(new LevelWish.Exactly(Level.FULL));
    at(1).run(new LevelWish.Exactly(Level.FULL));
    damage(second, set.images().getFirst().image().value() + ".p0001");
    assertThat(set.verify().exit()).isEqualTo(ExitCode.DAMAGED);

    var report = at(20).pruneCopies("Second");

    assertThat(report.images())
        .extracting(PruneReport.Fate::outcome)
        .containsExactly(Outcome.PRUNED, Outcome.KEPT);
    assertThat(at(20).prune().count(Outcome.KEPT)).as("of the set's own").isEqualTo(2);
  }

  private static String why(PruneReport report) {
    return report.images().getLast().why();
  }

  private void withoutBrakes() {
    repository.prunes(
        "maxDropPercent: 100, maxClockJump: 600d, requireVerifiedNewerFull: false", "");
  }

  private LocalSet at(int days) {
    return set.at(Instant.now().plus(Duration.ofDays(days)));
  }

  private RunReport runs(ExitCode exit) {
    var report = set.run(new LevelWish.Auto());
    assertThat(report.exit()).as(report.toString()).isEqualTo(exit);
    return report;
  }

  private void assertWhole(int homes) {
    var verify = set.verify();
    assertThat(verify.exit()).as(verify.toString()).isEqualTo(ExitCode.OK);
    assertThat(verify.images()).hasSize(homes);
    assertThat(set.check().differences()).isEmpty();
  }

  private void declare(String copies) {
    repository.set(List.of("Tree"), "copies: [ " + copies + " ]");
  }

  private void changed(int seed) throws IOException {
    Files.writeString(tree.resolve("born" + seed), "in generation " + seed);
  }

  private String restored(String target) {
    return Trees.differences(tree, root.resolve(target).resolve(tree.toString().substring(1)));
  }

  /// Files of images by `<image>.<suffix>`.
  private static Map<String, Path> files(Path storage) throws IOException {
    try (var all = Files.walk(storage)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches("\\d+\\.[^.]+\\.[a-z0-9]+"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replaceFirst("^\\d+\\.", ""),
                  file -> file));
    }
  }

  private static void damage(Path storage, String suffix) throws IOException {
    for (var file : ending(storage, suffix)) {
      try (var channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
        var one = ByteBuffer.allocate(1);
        channel.read(one, 200_000);
        channel.write(ByteBuffer.wrap(new byte[] {(byte) ~one.get(0)}), 200_000);
      }
    }
  }

  private static void remove(Path storage, String suffix) throws IOException {
    for (var file : ending(storage, suffix)) {
      Files.delete(file);
    }
  }

  private static List<Path> ending(Path storage, String suffix) throws IOException {
    var found =
        files(storage).values().stream()
            .filter(file -> file.toString().endsWith("." + suffix))
            .toList();
    assertThat(found).isNotEmpty();
    return found;
  }
}
