package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.MountedDisk;
import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.TarGate;
import dev.holdfast.fixture.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Staging or the disk of the volumes has no room: what cannot be kept leaves nothing, what waits
/// is safe, and with room again the next run brings everything to media. Images are of 4.5 MB.
@Execution(ExecutionMode.CONCURRENT)
class FullDiskIntegrationTests {
  private static final String REQUIRED = "staging: { use: { ref: Scratch, mode: required } }";
  private static final List<String> FULL = List.of("run", "Demo", "--level", "full");

  @TempDir Path root;

  @Test
  void anImageThatStagingCanNeverHoldGoesStraightToMedia() {
    var scene = Scene.in(root);
    scene.repository().staging("2MiB");

    scene.converges();

    assertThat(scene.afterwards().images()).isEqualTo(1);
  }

  @Test
  void whereStagingIsRequiredItFailsUntilThereIsRoom() {
    var scene = Scene.in(root).backedUp().change(2);
    scene.repository().staging("2MiB").setOf("Demo", List.of("Tree"), REQUIRED);

    var failed = scene.holdfast().run(words(FULL)).expect(30);

    assertThat(failed.out()).contains("must go through staging, and that holds at most 2.00 MiB");
    scene.afterwards().settled(scene.tree());
    scene.repository().staging("1GiB");
    scene.converges("--level", "full");
    assertThat(scene.afterwards().images()).isEqualTo(2);
  }

  /// The first image waits for a storage that is away, and no room is left for the second.
  @Test
  void whatFindsNoRoomBesideAWaitingImageIsDumpedWhenTheStorageIsBack() throws Exception {
    var scene = Scene.in(root).backedUp().change(2);
    var other = Trees.fill(root.resolve("other"), 6, 900_000, 1);
    scene
        .repository()
        .staging("5500KiB")
        .source("Other", other)
        .set(List.of("Tree", "Other"), "how: { serverParallel: 1 }");
    Files.move(scene.repository().storage(), root.resolve("away"));

    scene.holdfast().run(words(FULL)).expect(75);

    Files.move(root.resolve("away"), scene.repository().storage());
    scene.converges("--level", "full");
    assertThat(scene.set().images()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStagingThatFillsUpDuringTheDumpIsLeft(boolean required) throws Exception {
    var scene = Scene.in(root);
    if (required) {
      scene.repository().setOf("Demo", List.of("Tree"), REQUIRED);
    }
    try (var disk = MountedDisk.at(scene.repository().staging(), "6m")) {
      Files.setPosixFilePermissions(disk.point(), PosixFilePermissions.fromString("rwx------"));
      var gate = TarGate.in(root.resolve("gate"));
      var running = scene.holdfast().start(gate.environment(), words(FULL));
      gate.awaitWaiting(1);
      var filler = Files.write(disk.point().resolve("filler"), new byte[5 << 20]);
      gate.open();

      var ended = running.await().expect(required ? 30 : 0);

      assertThat(ended.out())
          .containsPattern(
              required ? "source Demo/Tree: was not dumped: .* are left in staging" : "1 OK");

      Files.delete(filler);
      scene.change(3);
      scene.converges("--level", "full");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFullDiskOfVolumesIsAFaultUntilThereIsRoom(boolean staged) {
    var scene = Scene.in(root);
    if (!staged) {
      scene.withoutStaging();
    }
    try (var disk = MountedDisk.at(scene.repository().storage(), "6m")) {
      scene.backedUp().change(2);

      var full = scene.holdfast().run(words(FULL)).expect(31);

      assertThat(full.out()).contains("make room on the file system of " + disk.point());
      scene.afterwards().nothingLostNothingHalf(scene.tree());
      assertThat(scene.set().images()).hasSize(staged ? 2 : 1);
      disk.remount("size=60m");
      scene.change(3);
      scene.converges("--level", "full");
      assertThat(scene.afterwards().images()).isEqualTo(2);
    }
  }

  /// Catalog and part cache live there: the run cannot even say how it ended.
  @Test
  void aFullDiskUnderTheStateDirectoryLosesNothing() {
    var scene = Scene.in(root).withoutStaging();
    try (var disk = MountedDisk.at(root.resolve("state"), "40m")) {
      scene.backedUp().change(2);
      disk.remount("size=" + (used(disk.point()) + 800) + "k");

      var failed = scene.holdfast().run(words(FULL));

      assertThat(failed.exit()).as(failed.err()).isNotEqualTo(0).isNotEqualTo(1);
      disk.remount("size=60m");
      scene.afterwards().nothingLostNothingHalf(scene.tree());
      scene.change(3);
      scene.converges("--level", "full");
    }
  }

  private static long used(Path point) {
    var lines = Trees.output("df", "-k", "--output=used", point.toString()).lines().toList();
    return Long.parseLong(lines.getLast().strip());
  }

  private static String[] words(List<String> words) {
    return words.toArray(String[]::new);
  }
}
