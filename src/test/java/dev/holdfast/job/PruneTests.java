package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.image.Header;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Level;
import dev.holdfast.model.Problem;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.report.PruneReport;
import dev.holdfast.report.PruneReport.Outcome;
import dev.holdfast.report.Row;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole prunes inside this process, on real volumes, by a clock of the test's own.
class PruneTests {
  private static final Instant FIRST = Instant.parse("2026-03-14T22:00:00Z");
  private static final String SMALL_BUMP = "how: { bump: { days: 1, percent: 0%, size: 1B } }";

  @TempDir Path root;
  Repository repository;
  LocalSet set;
  Path tree;
  final Map<String, Path> points = new HashMap<>();

  @BeforeEach
  void declare() {
    tree = Trees.fill(root.resolve("tree"), 40, 3_000, 1);
    repository = Repository.in(root).source("Tree", tree);
    keeping("retentionDays: 7, cycleDays: 7");
    repository.prunes("maxDropPercent: 100, requireVerifiedNewerFull: false", "");
    set = new LocalSet(repository.folder(), root.resolve("state"), "Demo");
  }

  @Test
  void aMonthOfNightsIsPrunedEachNightAndEveryKeptPointComesBackAsItWas() throws IOException {
    keeping("retentionDays: 10, cycleDays: 7, keep: { weekly: 3 }");
    for (int night = 0; night < 30; night++) {
      night(night);
    }

    var kept = set.images();

    assertThat(kept).hasSizeBetween(12, 25);
    assertThat(kept.getLast().at()).isBefore(at(19));
    assertThat(set.check().differences()).isEmpty();
    assertThat(set.verify().exit()).isEqualTo(ExitCode.OK);
    kept.forEach(this::comesBackAsItWas);
    assertThat(imagesOnMedia()).containsExactlyInAnyOrderElementsOf(set.imageIds());
    assertThat(set.state().resolve("images").toFile().list()).hasSize(2 * kept.size());
  }

  /// Where runs may not remove, nobody else does.
  @Test
  void whatAnUnfinishedWriteLeftGoesAndNoImageWithIt() throws IOException {
    night(0);
    var images = imagesOnMedia();
    var part = repository.storage().resolve("Demo-001/00099.20260314T220000Z-deadbeef0000.p0001");
    try (var files = Files.list(repository.storage().resolve("Demo-001"))) {
      Files.copy(
          files.filter(file -> file.toString().endsWith(".p0001")).findFirst().orElseThrow(), part);
    }

    set.at(at(1)).pruneDryRun();
    assertThat(part).exists();
    assertThat(set.at(at(1)).prune().exit()).isEqualTo(ExitCode.OK);

    assertThat(part).doesNotExist();
    assertThat(imagesOnMedia()).isEqualTo(images);
    assertThat(set.verify().exit()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aDryRunShowsWhatThePruneThenDoesAndChangesNothing() throws IOException {
    everyNightAFull(4);
    var before = imagesOnMedia();

    var shown = set.at(at(8)).pruneDryRun();

    assertThat(imagesOnMedia()).isEqualTo(before);
    assertThat(shown.exit()).isEqualTo(ExitCode.OK);
    var done = set.at(at(8)).prune();
    assertThat(outcomes(shown)).containsValues(Outcome.EXPIRED, Outcome.KEPT);
    assertThat(outcomes(done))
        .isEqualTo(
            outcomes(shown).entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        fate ->
                            fate.getValue() == Outcome.EXPIRED ? Outcome.PRUNED : Outcome.KEPT)));
    assertThat(set.at(at(8)).prune().count(Outcome.PRUNED)).isZero();
    assertThat(set.check().differences()).isEmpty();
  }

  @Test
  void moreThanTheShareGoesOnlyWithTheDigestOfExactlyThat() throws IOException {
    repository.prunes("maxDropPercent: 40, requireVerifiedNewerFull: false", "");
    everyNightAFull(4);

    var refused = set.at(at(8)).prune();
    var stale = set.at(at(9)).prune(refused.digest());

    assertThat(refused.exit()).isEqualTo(ExitCode.POLICY);
    assertThat(refused.problems())
        .containsExactly(
            new Problem(
                "set Demo",
                "2 of 4 images would go at once, which is more than the 40% of maxDropPercent;"
                    + " nothing was pruned",
                "look at 'holdfast prune Demo --dry-run'; if that is meant: 'holdfast prune Demo"
                    + " --approve "
                    + refused.digest().hex().substring(0, 16)
                    + "'"));
    assertThat(stale.exit()).isEqualTo(ExitCode.POLICY);
    assertThat(set.images()).hasSize(4);
    assertThat(set.at(at(8)).prune(refused.digest()).exit()).isEqualTo(ExitCode.OK);
    assertThat(set.images()).hasSize(2);
  }

  @Test
  void aClockThatJumpedStopsThePruneOfARunAndTheBackupCounts() throws IOException {
    everyNightAFull(4);

    var report = set.at(at(400)).run(new LevelWish.Auto());

    assertThat(report.exit()).isEqualTo(ExitCode.POLICY);
    assertThat(report.sources().getFirst().verdict().name()).isEqualTo("OK");
    assertThat(report.problems().getFirst().fact()).contains("the clock went from");
    assertThat(set.images()).hasSize(5);
    assertThat(set.at(at(401)).run(new LevelWish.Auto()).exit()).isEqualTo(ExitCode.POLICY);
    assertThat(set.at(at(401)).prune(set.at(at(401)).pruneDryRun().digest()).exit())
        .isEqualTo(ExitCode.OK);
    assertThat(set.at(at(402)).run(new LevelWish.Auto()).exit()).isEqualTo(ExitCode.OK);
  }

  @Test
  void withoutAVerifiedNewerFullNothingGoes() throws IOException {
    repository.prunes("maxDropPercent: 100", "");
    everyNightAFull(4);

    assertThat(set.at(at(8)).prune().count(Outcome.KEPT)).isEqualTo(4);
    assertThat(set.at(at(8)).verify().exit()).isEqualTo(ExitCode.OK);
    assertThat(set.at(at(8)).prune().count(Outcome.PRUNED)).isEqualTo(2);
  }

  @Test
  void anImageOnWhichCatalogAndMediaDisagreeStays() throws IOException {
    everyNightAFull(4);
    var oldest = set.images().getLast().image();
    damage(manifestOf(oldest.value()));

    var report = set.at(at(8)).prune();

    assertThat(report.exit()).isEqualTo(ExitCode.DAMAGED);
    assertThat(report.problems().getFirst().text())
        .startsWith("image " + oldest + ": its manifest on media is damaged");
    assertThat(report.count(Outcome.PRUNED)).isEqualTo(1);
    assertThat(set.imageIds()).contains(oldest.value());
    assertThat(imagesOnMedia()).contains(oldest.value());
  }

  @Test
  void aRunOfWhichADumpFailedPrunesNothing() throws IOException {
    everyNightAFull(4);
    repository.source("Gone", root.resolve("gone")).set("Demo", List.of("Tree", "Gone"), "");
    keeping("retentionDays: 7, cycleDays: 7", List.of("Tree", "Gone"), "");

    var report = set.at(at(8)).run(new LevelWish.Auto());

    assertThat(report.exit()).isEqualTo(ExitCode.PARTIAL);
    assertThat(report.pruned()).isEmpty();
    assertThat(report.notes())
        .contains(
            "nothing was pruned, because not everything was dumped and written: 2 images have expired");
    assertThat(set.images()).hasSize(5);
  }

  @Test
  void whyTellsOfAnImageThatStaysAndOfOneThatWent() {
    everyNightAFull(4);
    var newest = set.images().getFirst().image().value();
    var oldest = set.images().getLast().image().value();

    set.at(at(8)).prune();

    assertThat(set.at(at(8)).why(newest))
        .contains(
            "RETENTION KEPT younger than 7 days, the newest of its source, the newest full of its"
                + " source that can be restored");
    assertThat(set.at(at(9)).why(oldest)).contains("RETENTION PRUNED older than 7 days");
  }

  @Test
  void nothingGoesWhileImagesAreBeingRead() throws IOException {
    everyNightAFull(4);
    try (var _ = Readers.of(new SetState(set.state())).announce()) {
      var report = set.at(at(8)).prune();

      assertThat(report.exit()).isEqualTo(ExitCode.OK);
      assertThat(report.notes().getFirst()).startsWith("images are being read by process ");
      assertThat(set.images()).hasSize(4);
    }
    Files.writeString(set.state().resolve("readers/of-a-dead-process"), "process 1");
    assertThat(set.at(at(8)).prune().count(Outcome.PRUNED)).isEqualTo(2);
    assertThat(set.state().resolve("readers")).isEmptyDirectory();
  }

  @Test
  void aPruneThatWasCutOffWaitsForAVolumeThatCannotBeRead() throws Exception {
    repository.volumesOf("1MiB");
    everyNightAFull(8);
    var oldest = set.images().getLast().image();
    try (var catalog = Catalog.open(set.state().resolve("catalog"), Duration.ZERO)) {
      assertThat(catalog.inventory().volumes()).hasSizeGreaterThan(1);
      catalog.lifetimes().expire(oldest, "older than 7 days", at(8));
    }
    var volume = repository.storage().resolve("Demo-001");
    var aside = Files.move(volume, root.resolve("aside"));

    var cut = set.at(at(7)).prune();

    assertThat(cut.count(Outcome.PRUNED)).isZero();
    assertThat(cut.notes().getFirst())
        .isEqualTo(
            "the prune of 1 images was cut off and goes on when volume Demo-001 can be read again");
    Files.move(aside, volume);
    assertThat(outcomes(set.at(at(7)).prune())).containsEntry(oldest.value(), Outcome.PRUNED);
    assertThat(imagesOnMedia()).doesNotContain(oldest.value());
  }

  @Test
  void anImageStaysUntilItsCopyIsMadeOrNobodyWaitsForItAnyMore() throws IOException {
    repository.further("Attic", root.resolve("attic"), "identity: attic");
    var alone = "retentionDays: 7, cycleDays: 7";
    keeping(alone, "copies: [ { to: Attic, retentionDays: 400 } ]");
    everyNightAFull(4);
    var oldest = set.images().getLast().image().value();

    var waiting = set.at(at(8)).prune();

    assertThat(waiting.count(Outcome.KEPT)).isEqualTo(4);
    assertThat(waiting.images().getLast().why()).isEqualTo("waits for its copy on Attic");
    assertThat(set.at(at(8)).why(oldest)).contains("RETENTION KEPT waits for its copy on Attic");
    Files.createDirectory(root.resolve("attic"));
    Files.writeString(root.resolve("attic/.holdfast-identity"), "attic");
    assertThat(set.at(at(8)).copy().exit()).isEqualTo(ExitCode.OK);
    assertThat(set.at(at(8)).prune().count(Outcome.PRUNED)).isEqualTo(2);

    Trees.output("mv", root.resolve("attic").toString(), root.resolve("away").toString());
    everyNight(4, 6);
    assertThat(set.at(at(20)).prune().count(Outcome.PRUNED)).as("what has its copy").isEqualTo(2);
    keeping(alone);
    assertThat(set.at(at(20)).prune().count(Outcome.PRUNED)).as("what has none").isEqualTo(1);
  }

  @Test
  void onlyWhatItsCopyTakesWaitsForIt() throws IOException {
    repository.further("Attic", root.resolve("attic"), "identity: attic");
    keeping("retentionDays: 7, cycleDays: 7", "copies: [ { to: Attic, select: fulls } ]");
    night(0);
    night(1);
    set.at(at(2)).run(new LevelWish.Exactly(Level.FULL));

    var report = set.at(at(10)).prune();

    assertThat(report.images())
        .extracting(PruneReport.Fate::outcome)
        .containsExactly(Outcome.KEPT, Outcome.PRUNED, Outcome.KEPT);
  }

  @Test
  void aRunIntoAnotherStorageThanTheImagesLieInIsRefused() {
    everyNightAFull(1);
    repository.file(
        "storage/attic.yaml",
        """
        kind: Storage
        name: Attic
        type: disk
        disk: { path: %s, autoLabel: true, minFree: 0B }
        """
            .formatted(root.resolve("attic")));
    repository.file(
        "backupsets/demo.yaml",
        """
        kind: BackupSet
        name: Demo
        what: { sources: [Tree] }
        where: { storage: Attic }
        staging: { use: { ref: Scratch, mode: auto } }
        """);

    assertThatThrownBy(() -> set.at(at(1)).run(new LevelWish.Auto()))
        .hasMessageContaining("images in storage 'Vault', and where.storage names 'Attic'");
    assertThat(root.resolve("attic")).doesNotExist();
  }

  @Test
  void aCatalogMadeAnewPrunesAsTheOldOneDid() throws IOException {
    everyNightAFull(4);
    assertThat(set.rebuild().exit()).isEqualTo(ExitCode.OK);

    assertThat(set.at(at(8)).prune().count(Outcome.PRUNED)).isEqualTo(2);
    assertThat(set.rebuild().exit()).isEqualTo(ExitCode.OK);
    assertThat(set.images()).hasSize(2);
    assertThat(set.check().differences()).isEmpty();
  }

  private void everyNightAFull(int nights) {
    everyNight(0, nights);
  }

  private void everyNight(int first, int end) {
    for (int night = first; night < end; night++) {
      assertThat(set.at(at(night)).run(new LevelWish.Exactly(Level.FULL)).exit())
          .isEqualTo(ExitCode.OK);
    }
  }

  private void night(int night) throws IOException {
    Files.writeString(tree.resolve("night" + night % 4), "in night " + night);
    var report = set.at(at(night)).run(new LevelWish.Auto());
    assertThat(report.problems()).isEmpty();
    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    var copy = root.resolve("copies").resolve(String.valueOf(night));
    Files.createDirectories(root.resolve("copies"));
    Trees.output("cp", "-a", tree.toString(), copy.toString());
    points.put(report.sources().getFirst().image().orElseThrow().image().value(), copy);
  }

  private void comesBackAsItWas(Row.ImageRow image) {
    var target = root.resolve("restored");
    assertThat(set.restore(image, target).exit()).isEqualTo(ExitCode.OK);
    var restored = target.resolve(Path.of("/").relativize(tree));
    assertThat(Trees.differences(points.getOrDefault(image.image().value(), root), restored))
        .isEmpty();
    Trees.output("rm", "-rf", target.toString());
  }

  private List<String> imagesOnMedia() throws IOException {
    try (var files = Files.walk(repository.storage())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".manifest"))
          .map(name -> name.replaceAll("^\\d+\\.|\\.manifest$", ""))
          .sorted()
          .toList();
    }
  }

  private Path manifestOf(String image) throws IOException {
    try (var files = Files.walk(repository.storage())) {
      return files
          .filter(file -> file.toString().endsWith(image + ".manifest"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void damage(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {0}), Header.SIZE + 20);
    }
  }

  private static Map<String, Outcome> outcomes(PruneReport report) {
    return report.images().stream()
        .collect(Collectors.toMap(fate -> fate.image().image().value(), PruneReport.Fate::outcome));
  }

  private void keeping(String media) {
    keeping(media, "");
  }

  private void keeping(String media, String more) {
    keeping(media, List.of("Tree"), more);
  }

  private void keeping(String media, List<String> sources, String more) {
    repository.setOf(
        "Demo",
        sources,
        "staging: { use: { ref: Scratch, mode: auto } }\n" + SMALL_BUMP + "\n" + more,
        media + ", partSize: 1MiB");
  }

  private static Instant at(int night) {
    return FIRST.plus(Duration.ofDays(night));
  }
}
