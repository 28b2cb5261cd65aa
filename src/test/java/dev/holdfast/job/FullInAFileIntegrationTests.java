package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.MountedDisk;
import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.TarGate;
import dev.holdfast.fixture.Trees;
import dev.holdfast.report.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A disk has no room any more when a file on it is half written: in staging, on the volume, under
/// the state directory. Nothing of the file may be seen, what was good stays good, the message
/// names the disk, and with room again the next run goes on. Images are of 14 MB, in one part.
@Execution(ExecutionMode.CONCURRENT)
class FullInAFileIntegrationTests {
  private static final int LARGE = 10_000_000;

  /// Behind this, some frames of the part are on the disk and others still on their way.
  private static final int HALF = 8_000_000;
  private static final int FRAME = 1 << 20;
  private static final int BLOCK = 1024;
  private static final String MEDIA = "media: { cycleDays: 7, retentionDays: 90, partSize: 64MiB }";

  @TempDir Path root;

  /// The room does for the bytes of one more frame, but not for what lists their blocks.
  @Test
  void inStaging() throws IOException {
    var scene = onePart("staging: { use: { ref: Scratch, mode: required } }");
    try (var disk = MountedDisk.withListedBlocks(scene.repository().staging(), "40M")) {
      Trees.output("rmdir", disk.point().resolve("lost+found").toString());
      Files.setPosixFilePermissions(disk.point(), PosixFilePermissions.fromString("rwx------"));
      scene.backedUp().change(2);

      var failed = fullInTheMiddle(scene, disk, FRAME + 3 * BLOCK).expect(30);

      assertThat(failed.err())
          .contains(
              "failed and is tried once more at the end: the dump could not be stored: No space left"
                  + " on device");
      assertThat(failed.out())
          .containsPattern("source Demo/Tree: .* (staging|No space left on device)")
          .containsPattern("HINT: .*(make room|free space)");
      assertThat(names(disk.point())).as("in staging").containsExactly("filler");
      nothingIsSeenAndTheNextRunBringsIt(scene, disk);
    }
  }

  /// The part is as large as the room, and what lists its blocks comes on top.
  @Test
  void onTheVolume() throws IOException {
    var scene = onePart("staging: { use: { ref: Scratch } }");
    try (var disk = MountedDisk.withListedBlocks(scene.repository().storage(), "48M")) {
      scene.backedUp().change(2);
      var before = names(disk.point().resolve("Demo-001"));
      disk.leave(100_000);
      scene.holdfast().run("run", "Demo", "--level", "full").expect(31);
      disk.leave(part(scene.repository().staging()) + 2 * BLOCK);

      var full = scene.holdfast().run("flush", "Demo").expect(31);

      assertThat(full.out())
          .containsPattern("cannot take p0001 of image \\S+ \\(.*\\): No space left on device")
          .contains("make room on the file system of " + disk.point());
      assertThat(names(disk.point().resolve("Demo-001"))).as("on the volume").isEqualTo(before);
      scene.afterwards().nothingLostNothingHalf(scene.tree());
      assertThat(scene.set().images())
          .extracting(Row.ImageRow::state)
          .containsExactly("STAGED", "STORED");
      disk.makeRoom();
      scene.holdfast().run("flush", "Demo").expect(0);
      scene.afterwards().settled(scene.tree());
    }
  }

  /// The part is formed there when nothing is staged; the catalog has no room either.
  @Test
  void underTheStateDirectory() throws IOException {
    var scene = onePart("staging: { use: { mode: never } }");
    try (var disk = MountedDisk.at(root.resolve("state"), "90m")) {
      scene.backedUp().change(2);

      var failed = fullInTheMiddle(scene, disk, 0);

      assertThat(failed.exit()).as(failed.err()).isEqualTo(30);
      nothingIsSeenAndTheNextRunBringsIt(scene, disk);
    }
  }

  private static Scene large(Scene scene) {
    var content = new byte[LARGE];
    new Random(LARGE).nextBytes(content);
    try {
      Files.write(scene.tree().resolve("large"), content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return scene.change(1);
  }

  /// @param room bytes that are left on the disk when some of the part is there
  private static HoldfastProcess.Result fullInTheMiddle(Scene scene, MountedDisk disk, long room) {
    var gate = TarGate.behind(HALF, scene.root().resolve("gate"));
    var running = scene.holdfast().start(gate.environment(), "run", "Demo", "--level", "full");
    gate.awaitWaiting(1);
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> hasStopped(disk.point()));
    disk.leave(room);
    gate.open();
    return running.await();
  }

  private static void nothingIsSeenAndTheNextRunBringsIt(Scene scene, MountedDisk disk) {
    disk.makeRoom();
    scene.afterwards().nothingLostNothingHalf(scene.tree());
    assertThat(scene.set().images()).hasSize(1);
    scene.converges("--level", "full");
    assertThat(scene.set().images()).hasSize(2);
  }

  private Scene onePart(String staging) {
    var scene = Scene.in(root);
    large(scene)
        .repository()
        .volumesOf("1GiB")
        .file(
            "backupsets/demo.yaml",
            """
            kind: BackupSet
            name: Demo
            what: { sources: [Tree] }
            where: { storage: Vault }
            %s
            %s
            """
                .formatted(MEDIA, staging));
    return scene;
  }

  /// Some of the part is there, and no more comes before the gate opens.
  private static boolean hasStopped(Path folder) throws InterruptedException {
    long before = part(folder);
    TimeUnit.SECONDS.sleep(1);
    return before > FRAME && part(folder) == before;
  }

  /// Bytes of the part that is there, or is being formed.
  private static long part(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("p0001"))
          .mapToLong(file -> file.toFile().length())
          .max()
          .orElse(0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> names(Path folder) {
    try (var names = Files.list(folder)) {
      return names.map(name -> name.getFileName().toString()).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
