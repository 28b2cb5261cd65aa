package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.TarGate;
import dev.holdfast.fixture.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The storage is away when images are to be written: they wait in staging, come back from there,
/// and the next run writes them without dumping again.
@Execution(ExecutionMode.CONCURRENT)
class StorageAwayIntegrationTests {
  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWaitsIsRestorableAndIsWrittenWithoutAnotherDump(boolean duringTheDump) throws Exception {
    var scene = Scene.in(root).backedUp().change(2);

    var run = duringTheDump ? movedAwayDuringTheDump(scene) : movedAwayBefore(scene);

    assertThat(run.expect(75).out()).contains("images wait in staging");
    var waiting = scene.set().images().getFirst();
    assertThat(waiting.state()).isEqualTo("STAGED");
    var back = root.resolve("back");
    var id = waiting.image().value();
    scene.holdfast().run("restore", "Demo/Tree", "--image", id, "--to", back.toString()).expect(0);
    var restored = back.resolve(Path.of("/").relativize(scene.tree()));
    assertThat(Trees.differences(scene.tree(), restored)).isEmpty();
    Files.move(root.resolve("away"), scene.repository().storage());
    scene.change(3);
    scene.converges("--level", "full");
    assertThat(scene.afterwards().images()).isEqualTo(2);
    assertThat(scene.set().images().getFirst().image()).isEqualTo(waiting.image());
  }

  @Test
  void withoutStagingTheSourceIsDumpedWhenTheStorageIsBack() throws Exception {
    var scene = Scene.in(root).withoutStaging().backedUp().change(2);

    movedAwayBefore(scene).expect(75);

    assertThat(scene.set().images()).hasSize(1);
    Files.move(root.resolve("away"), scene.repository().storage());
    scene.change(3);
    scene.converges("--level", "full");
    assertThat(scene.afterwards().images()).isEqualTo(2);
  }

  @Test
  void anotherDiskInItsPlaceIsNotTouched() throws Exception {
    var scene = Scene.in(root);
    scene.repository().disk("identity: ours\nvtapes: { count: 50, size: 3MiB }");
    var storage = Files.createDirectories(scene.repository().storage());
    Files.writeString(storage.resolve(".holdfast-identity"), "ours\n");
    scene.backedUp().change(2);
    Files.move(storage, root.resolve("away"));
    Files.createDirectory(storage);
    Files.writeString(storage.resolve(".holdfast-identity"), "theirs\n");

    scene.holdfast().run("run", "Demo").expect(75);

    assertThat(storage).isDirectoryContaining("glob:**/.holdfast-identity");
    assertThat(storage.toFile().list()).hasSize(1);
    Trees.output("rm", "-r", storage.toString());
    Files.move(root.resolve("away"), storage);
    scene.converges();
  }

  @Test
  void aBareMountPointIsNotFilled() throws Exception {
    var scene = Scene.in(root);
    scene.repository().disk("requireMount: true\nvtapes: { count: 50, size: 3MiB }");
    var disk = Files.createDirectories(root.resolve("disk"));
    var point = Files.createDirectories(scene.repository().storage());
    mount(disk, point);
    try {
      scene.backedUp().change(2);
      Trees.output("umount", point.toString());

      scene.holdfast().run("run", "Demo").expect(75);

      assertThat(point).isEmptyDirectory();
      mount(disk, point);
      scene.change(3);
      scene.converges();
      assertThat(scene.afterwards().images()).isEqualTo(2);
    } finally {
      Trees.output("umount", "--lazy", point.toString());
    }
  }

  private HoldfastProcess.Result movedAwayBefore(Scene scene) throws IOException {
    Files.move(scene.repository().storage(), root.resolve("away"));
    return scene.holdfast().run("run", "Demo", "--level", "full");
  }

  private HoldfastProcess.Result movedAwayDuringTheDump(Scene scene) throws IOException {
    var gate = TarGate.in(root.resolve("gate"));
    var running = scene.holdfast().start(gate.environment(), "run", "Demo", "--level", "full");
    gate.awaitWaiting(1);
    Files.move(scene.repository().storage(), root.resolve("away"));
    gate.open();
    return running.await();
  }

  private static void mount(Path disk, Path point) {
    Trees.output("mount", "--bind", disk.toString(), point.toString());
  }
}
