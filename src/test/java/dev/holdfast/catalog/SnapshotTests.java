package dev.holdfast.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.catalog.Snapshot.ReadResult;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Estimate;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.Route;
import dev.holdfast.model.RunId;
import dev.holdfast.model.RunPlan;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.SourceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTests {
  private static final SetName DEMO = new SetName("Demo");
  private static final SourceName WEB = new SourceName("Web");
  private static final RunId RUN = new RunId("run1");
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Digest DIGEST = new Digest("ab".repeat(32));

  @TempDir Path root;

  @Test
  void whatACatalogHoldsIsHeldByTheOneThatItsSnapshotFills() throws Exception {
    try (var catalog = open("catalog")) {
      fill(catalog, 2500);
      var written = Snapshot.of(catalog, DEMO, "run run1", NOON);
      var read = ((ReadResult.Read) Snapshot.read(written.bytes(), DEMO)).snapshot();

      try (var other = open("other")) {
        other.plans().order(WEB, OneShot.BUMP, NOON);
        read.fill(other);

        assertThat(other.runs().list()).isEqualTo(catalog.runs().list());
        assertThat(other.runs().results(RUN)).isEqualTo(catalog.runs().results(RUN));
        assertThat(other.images().list()).isEqualTo(catalog.images().list()).hasSize(2500);
        assertThat(other.plans().ordered(WEB)).contains(new Ordered(OneShot.FULL, NOON));
        assertThat(other.plans().decisionsOf(RUN)).isEqualTo(catalog.plans().decisionsOf(RUN));
        assertThat(Snapshot.of(other, DEMO, "run run1", NOON).bytes()).isEqualTo(written.bytes());
      }
      assertThat(read.by()).isEqualTo("run run1");
      assertThat(read.takenAt()).isEqualTo(NOON);
    }
  }

  @Test
  void aFlippedBitOrAMissingEndIsNoticed() throws Exception {
    var bytes = snapshot();
    for (int at = 0; at < bytes.length; at++) {
      var flipped = bytes.clone();
      flipped[at] ^= 1;
      assertThat(Snapshot.read(flipped, DEMO)).as("byte " + at).isInstanceOf(UNREADABLE);
    }
    for (int length = 0; length < bytes.length; length++) {
      assertThat(Snapshot.read(Arrays.copyOf(bytes, length), DEMO)).isInstanceOf(UNREADABLE);
    }
  }

  @Test
  void theSnapshotOfAnotherSetIsRefused() throws Exception {
    assertThat(Snapshot.read(snapshot(), new SetName("Other")))
        .isEqualTo(new ReadResult.Unreadable("it is of set Demo"));
  }

  @Test
  void theSnapshotOfALaterReleaseIsRefused() throws Exception {
    Snapshot now = ((ReadResult.Read) Snapshot.read(snapshot(), DEMO)).snapshot();
    var later = new Snapshot(DEMO, now.schema() + 1, 0, now.by(), now.takenAt(), now.tables());

    assertThat(Snapshot.read(later.bytes(), DEMO))
        .isEqualTo(new ReadResult.Unreadable("it needs a later release of Holdfast"));
  }

  @Test
  void theLaterOneKnowsMoreManifestsWhateverTheClocksOfTheirHostsSay() {
    var old = new Snapshot(DEMO, 1, 7, "one", NOON.plusSeconds(3600), new byte[0]);
    var later = new Snapshot(DEMO, 1, 8, "two", NOON, new byte[0]);
    var latest = new Snapshot(DEMO, 1, 8, "three", NOON.plusSeconds(1), new byte[0]);

    assertThat(Stream.of(later, latest, old).sorted()).containsExactly(old, later, latest);
    var read = (Snapshot.ReadResult.Read) Snapshot.read(latest.bytes(), DEMO);
    assertThat(read.snapshot()).isEqualByComparingTo(latest);
  }

  @Test
  void rowsThatDoNotFitAreSaidToBeUnusable() throws Exception {
    var garbage = new Snapshot(DEMO, 1, 0, "a bug", NOON, new byte[] {1, 2, 3});
    try (var catalog = open("catalog")) {
      assertThatThrownBy(() -> garbage.fill(catalog))
          .isInstanceOf(Snapshot.UnusableException.class)
          .hasMessageStartingWith("its rows do not fit: ");
    }
  }

  @Test
  void itsFirstLinesAreForPeople() throws Exception {
    var text = new String(snapshot(), StandardCharsets.ISO_8859_1);

    assertThat(text)
        .startsWith("HOLDFAST/1 CATALOG\nSet: Demo\nSchema: ")
        .contains("\nBy: run run1\nTaken: 2026-11-24T12:00:00Z\nLength: ");
  }

  private static final Class<ReadResult.Unreadable> UNREADABLE = ReadResult.Unreadable.class;

  private byte[] snapshot() throws Exception {
    try (var catalog = open("catalog")) {
      fill(catalog, 1);
      return Snapshot.of(catalog, DEMO, "run run1", NOON).bytes();
    }
  }

  private static void fill(Catalog catalog, int images) {
    catalog
        .runs()
        .begin(
            new RunRow(
                RUN, NOON, Optional.empty(), OptionalInt.empty(), DIGEST, "", Optional.empty()));
    catalog.runs().finish(RUN, ExitCode.PARTIAL, NOON);
    catalog
        .runs()
        .record(new SourceResultRow(RUN, WEB, "FAILED", "gr\u00fc\u00dfe\n", Duration.ofHours(1)));
    catalog.plans().order(WEB, OneShot.FULL, NOON);
    catalog
        .plans()
        .decide(List.of(new DecisionRow(RUN, "Web", "PLAN", "level 0", "why", Map.of("n", 1L))));
    var dumps = IntStream.range(0, images).mapToObj(SnapshotTests::dump).toList();
    catalog.images().plan(new RunPlan(RUN, DEMO, NOON, dumps, DIGEST));
  }

  private static PlannedDump dump(int number) {
    return new PlannedDump(
        new ImageId("image-" + number),
        new SourceKey(DEMO, WEB),
        Level.FULL,
        Optional.empty(),
        new Estimate(number, Estimate.Method.CLIENT),
        Route.STAGING,
        "first");
  }

  private Catalog open(String name) throws IOException, InterruptedException {
    return Catalog.open(
        java.nio.file.Files.createDirectories(root.resolve(name)).resolve("catalog"),
        Duration.ZERO);
  }
}
