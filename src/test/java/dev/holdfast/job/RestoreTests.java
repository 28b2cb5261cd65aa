package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.config.LoadRequest;
import dev.holdfast.config.LoadResult;
import dev.holdfast.config.Loader;
import dev.holdfast.fixture.Flip;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.report.Cell;
import dev.holdfast.report.RestoreReport;
import dev.holdfast.report.RunEvents;
import dev.holdfast.report.RunReport;
import dev.holdfast.report.VerifyReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Restores and verifies of what real runs have stored.
class RestoreTests {
  private static final int FLIPS = 2000;

  @TempDir Path root;
  Path tree;
  Declarations declarations;
  BackupSet set;

  @BeforeEach
  void twoRuns() throws Exception {
    tree = Trees.fill(root.resolve("tree"), 12, 20_000, 1);
    var repository = Repository.in(root).source("Tree", tree).set(List.of("Tree"), "");
    declarations =
        ((LoadResult.Loaded)
                Loader.load(
                    new LoadRequest(
                        repository.folder(), Optional.of(root.resolve("state")), Map.of())))
            .declarations();
    set = declarations.set("Demo").orElseThrow();
    backup();
    Files.delete(tree.resolve("file1.bin"));
    Files.move(tree.resolve("sub0"), tree.resolve("renamed"));
    Files.writeString(tree.resolve("file2.bin"), "changed");
    backup();
  }

  @Test
  void theNewestTreeIsTheLiveTree() throws Exception {
    var report = restore(List.of(), Optional.empty(), root.resolve("target"));

    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    assertThat(Trees.differences(tree, root.resolve("target").resolve(inTarget(tree)))).isEmpty();
  }

  @Test
  void anEarlierTimeHasWhatWasDeletedSince() throws Exception {
    var look = new Look(declarations, set);
    var full = look.images().getLast().fields().getFirst().cell();
    var image = ((Cell.Text) full).text();

    var report =
        Restore.run(
            request(List.of(), Optional.of(image), root.resolve("old"), false), RunEvents.silent());

    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    assertThat(root.resolve("old").resolve(inTarget(tree.resolve("file1.bin")))).exists();
    assertThat(root.resolve("old").resolve(inTarget(tree.resolve("sub0")))).isDirectory();
  }

  @Test
  void oneFileGoesToStandardOutput() throws Exception {
    var out = new ByteArrayOutputStream();

    Restore.content(
        request(List.of(tree.resolve("file2.bin").toString()), Optional.empty(), root, true),
        RunEvents.silent(),
        out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("changed");
  }

  @Test
  void aDeletedFileIsNotFoundAndATargetWithContentIsRefused() throws IOException {
    assertThatThrownBy(
            () -> restore(List.of(tree + "/file1.bin"), Optional.empty(), root.resolve("x")))
        .isInstanceOfSatisfying(
            HoldfastException.class, no -> assertThat(no.exit()).isEqualTo(ExitCode.NOT_FOUND));
    assertThatThrownBy(() -> restore(List.of(), Optional.empty(), tree))
        .isInstanceOfSatisfying(
            HoldfastException.class, no -> assertThat(no.exit()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void aRebuiltCatalogRestoresAndContinuesTheChain() throws Exception {
    Trees.output("rm", "-r", root.resolve("state").toString());

    var rebuilt = new CatalogCare(declarations, set, Clock.systemUTC()).rebuild();

    assertThat(rebuilt.problems()).isEmpty();
    assertThat(rebuilt.images()).hasSize(2);
    assertThat(new CatalogCare(declarations, set, Clock.systemUTC()).check().differences())
        .isEmpty();
    Files.writeString(tree.resolve("later"), "later");
    var next = backup();
    assertThat(next.sources().getFirst().level()).map(Object::toString).contains("1");
    restore(List.of(), Optional.empty(), root.resolve("target"));
    assertThat(Trees.differences(tree, root.resolve("target").resolve(inTarget(tree)))).isEmpty();
  }

  @Test
  void everyFlippedBitIsFoundByVerify() throws Exception {
    var random = new Random(7);
    List<Path> files;
    try (var found = Files.walk(root.resolve("vault"))) {
      files =
          found
              .filter(Files::isRegularFile)
              .filter(file -> !file.endsWith(".lock"))
              .filter(file -> !file.startsWith(root.resolve("vault/.holdfast")))
              .sorted()
              .toList();
    }
    try (var reader = SetReader.open(declarations, set)) {
      assertThat(verify(reader).exit()).isEqualTo(ExitCode.OK);
      for (int i = 0; i < FLIPS; i++) {
        var file = files.get(random.nextInt(files.size()));
        var flip = Flip.within(Files.size(file), random);
        flip.in(file);
        var report = verify(reader);
        assertThat(report.exit()).as("%s of %s", flip, file).isNotEqualTo(ExitCode.OK);
        flip.in(file);
      }
      assertThat(verify(reader).exit()).isEqualTo(ExitCode.OK);
    }
  }

  private static VerifyReport verify(SetReader reader) throws IOException {
    return Verify.run(reader, "Demo", Clock.systemUTC(), Instant.EPOCH, RunEvents.silent());
  }

  private RunReport backup() throws Exception {
    var report =
        Backup.run(
            new RunRequest(
                declarations,
                set,
                new LevelWish.Auto(),
                Set.of(),
                false,
                Duration.ZERO,
                Clock.systemUTC()),
            RunEvents.silent(),
            new StopSignal());
    assertThat(report.exit()).isEqualTo(ExitCode.OK);
    return report;
  }

  private RestoreReport restore(List<String> paths, Optional<String> image, Path target)
      throws IOException, InterruptedException {
    return Restore.run(request(paths, image, target, false), RunEvents.silent());
  }

  private RestoreRequest request(
      List<String> paths, Optional<String> image, Path target, boolean into) {
    return new RestoreRequest(
        declarations,
        set,
        new SourceName("Tree"),
        paths,
        Optional.empty(),
        image,
        target,
        into,
        Clock.systemUTC());
  }

  private static Path inTarget(Path path) {
    return Path.of("/").relativize(path);
  }
}
