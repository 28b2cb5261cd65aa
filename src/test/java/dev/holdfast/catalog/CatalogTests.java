package dev.holdfast.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.Trees;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.model.Digest;
import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.Estimate;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.PartFile;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.Route;
import dev.holdfast.model.RunId;
import dev.holdfast.model.RunPlan;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.StreamFacts;
import dev.holdfast.model.VolumeFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTests {
  private static final RunId RUN = new RunId("run1");
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Digest DIGEST = new Digest("ab".repeat(32));

  @TempDir Path root;

  @Test
  void anImageGoesFromPlannedToStoredAndIsFoundAgainAfterReopening() throws Exception {
    try (var catalog = open()) {
      catalog.runs().begin(run());
      catalog.images().plan(plan("a"));
      catalog.images().staged(manifest("a", 0, Optional.empty()), Verdict.OK, NOON);
      assertThat(catalog.images().claim(id("a")))
          .map(row -> row.planned().image())
          .contains(id("a"));
      assertThat(catalog.images().claim(id("a"))).isEmpty();
      catalog.images().onMedia(id("a"), entry(1, "V-001"));
      catalog.images().stored(manifest("a", 1, Optional.of("V-001")), Verdict.PARTIAL, DIGEST);
    }
    try (var catalog = open()) {
      var row = catalog.images().find(id("a")).orElseThrow();
      assertThat(row.state()).isEqualTo(ImageState.STORED);
      assertThat(row.verdict()).isEqualTo(Verdict.PARTIAL);
      assertThat(row.manifest()).contains(manifest("a", 1, Optional.of("V-001")));
      assertThat(catalog.images().onMedia(id("a"))).containsExactly(entry(1, "V-001"));
      assertThat(catalog.images().lastSequence()).isEqualTo(1);
      assertThat(catalog.images().lastManifestDigest()).contains(DIGEST);
      assertThat(catalog.runs().newest().orElseThrow().exit()).isEqualTo(OptionalInt.empty());
    }
  }

  @Test
  void aStateThatIsNotTheExpectedOneIsNotOverwritten() throws Exception {
    try (var catalog = open()) {
      catalog.images().plan(plan("a"));

      assertThatThrownBy(() -> catalog.images().unclaim(id("a")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("image a is PLANNED");
    }
  }

  @Test
  void aSecondProcessReadsWhileTheFirstWrites() throws Exception {
    try (var catalog = open()) {
      catalog.serve();
      catalog.images().plan(plan("a"));

      try (var reader = Catalog.openToRead(root.resolve("catalog"), Duration.ofSeconds(5))) {
        assertThat(reader.images().list()).hasSize(1);
        assertThatThrownBy(() -> reader.images().failed(id("a")))
            .isInstanceOf(RuntimeException.class);
      }
    }
  }

  @Test
  void aCatalogThatIsHeldSaysByWhom() throws Exception {
    try (var _ = open()) {
      assertThatThrownBy(() -> Catalog.open(root.resolve("catalog"), Duration.ZERO))
          .isInstanceOfSatisfying(
              HoldfastException.class,
              locked -> {
                assertThat(locked.exit()).isEqualTo(ExitCode.LOCKED);
                assertThat(locked.problem().fact())
                    .contains("process " + ProcessHandle.current().pid());
              });
    }
  }

  @Test
  void filesThatAreNoCatalogSayHowToGoOn() throws Exception {
    open().close();
    Files.writeString(root.resolve("catalog/catalog.script"), "CREATE NONSENSE");

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            HoldfastException.class,
            damaged -> assertThat(damaged.problem().hint()).contains("holdfast catalog rebuild"));
  }

  @Test
  void aRebuildFromManifestsGivesTheSameImages() throws Exception {
    try (var catalog = open()) {
      catalog.images().stored(manifest("a", 1, Optional.of("V-001")), Verdict.OK, DIGEST);
      catalog.images().stored(manifest("a", 1, Optional.of("V-001")), Verdict.OK, DIGEST);

      assertThat(catalog.images().list()).hasSize(1);
      assertThat(catalog.images().chain(id("a"))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aKilledProcessLosesNothingThatItSaidWasDone(int round) throws Exception {
    var acknowledged = new ArrayList<String>();
    var child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Committer.class.getName(),
                root.resolve("catalog").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < round * 150; i++) {
        var line = lines.readLine();
        if (line != null) {
          acknowledged.add(line);
        }
      }
      Trees.output("kill", "-KILL", Long.toString(child.pid()));
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged.add(line);
      }
    }
    child.waitFor();

    try (var catalog = open()) {
      var found =
          catalog.images().list().stream().map(row -> row.planned().image().value()).toList();
      assertThat(acknowledged).hasSizeGreaterThan(round * 100);
      assertThat(found).containsAll(acknowledged.subList(0, acknowledged.size() - 1));
    }
  }

  /// Commits images one by one and says so, until it is killed.
  static final class Committer {
    private Committer() {}

    public static void main(String[] arguments) throws Exception {
      var catalog = Catalog.open(Path.of(arguments[0]), Duration.ofSeconds(5));
      for (int i = 0; ; i++) {
        catalog.images().plan(plan("i" + i));
        System.out.println("i" + i);
      }
    }
  }

  private Catalog open() throws IOException, InterruptedException {
    return Catalog.open(root.resolve("catalog"), Duration.ofSeconds(5));
  }

  private static RunRow run() {
    return new RunRow(
        RUN, NOON, Optional.empty(), OptionalInt.empty(), DIGEST, "", Optional.empty());
  }

  private static RunPlan plan(String image) {
    var dump =
        new PlannedDump(
            id(image),
            key(),
            Level.FULL,
            Optional.empty(),
            new Estimate(10, Estimate.Method.CLIENT),
            Route.STAGING,
            "first");
    return new RunPlan(RUN, key().set(), NOON, List.of(dump), DIGEST);
  }

  private static Manifest manifest(String image, long sequence, Optional<String> volume) {
    return new Manifest(
        id(image),
        RUN,
        key(),
        Level.FULL,
        Optional.empty(),
        NOON,
        sequence,
        Optional.empty(),
        "zstd-1",
        new StreamFacts(10, DIGEST, 5, DIGEST, 1),
        List.of(volume.map(v -> entry(1, v)).orElseGet(CatalogTests::unplaced)),
        DumpWarnings.none(),
        Map.of("tar", 0),
        Map.of(),
        DIGEST,
        Optional.empty());
  }

  private static Manifest.Entry unplaced() {
    return new Manifest.Entry(FileKind.PART, new PartFile(1, 5, DIGEST), Optional.empty());
  }

  private static Manifest.Entry entry(int number, String volume) {
    return new Manifest.Entry(
        FileKind.PART,
        new PartFile(number, 5, DIGEST),
        Optional.of(new VolumeFile(new Label(volume), 1)));
  }

  private static SourceKey key() {
    return new SourceKey(new SetName("Demo"), new SourceName("Tree"));
  }

  private static ImageId id(String id) {
    return new ImageId(id);
  }
}
