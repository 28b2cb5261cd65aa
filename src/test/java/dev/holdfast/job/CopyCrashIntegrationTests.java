package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.Trees;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Level;
import dev.holdfast.plan.LevelWish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real command is killed between any two durable effects of a copy. The copy that is cut off
/// is never taken for one; the next command goes on behind what was durable, and leaves nothing
/// twice.
@Execution(ExecutionMode.CONCURRENT)
class CopyCrashIntegrationTests {
  private static final int KILLED = 137;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy-begun",
        "label-written",
        "media-part-synced:2",
        "copy-part-recorded",
        "copy-part-recorded:4",
        "volume-changed",
        "manifest-synced",
        "copy-stored",
        "copy-part-recorded:9",
        "manifest-synced:2",
        "copy-stored:2",
        "toc-written",
      })
  void aCopyThatIsCutOffIsBroughtToItsEnd(String point) throws IOException {
    var scene = withASecondStorage();
    scene.backedUp().change(2).backedUp();
    attach();

    scene.holdfast().crashAt(point, "copy", "Demo").expect(KILLED);

    scene.afterwards().nothingLostNothingHalf(scene.tree());
    scene.holdfast().run("copy", "Demo").expect(0);
    everyImageIsThereOnce(scene);
    scene.change(3).backedUp();
    everyImageIsThereOnce(scene);
  }

  /// The run had done its own work: the next one continues it, copies, and dumps nothing twice.
  @ParameterizedTest
  @ValueSource(strings = {"copy-begun", "copy-part-recorded:2", "copy-stored"})
  void aRunThatIsCutOffWhileItCopiesIsContinued(String point) throws IOException {
    var scene = withASecondStorage();
    attach();
    scene.backedUp().change(2);

    scene.holdfast().crashAt(point, "run", "Demo").expect(KILLED);

    scene.afterwards().nothingLostNothingHalf(scene.tree());
    scene.change(3);
    scene.converges();
    assertThat(scene.set().images()).hasSize(2);
    everyImageIsThereOnce(scene);
  }

  /// The copies were made from staging, while the set's own storage was away.
  @ParameterizedTest
  @ValueSource(strings = {"manifest-synced", "copy-stored", "manifest-synced:2"})
  void aNumberThatIsGivenLateIsGivenOnce(String point) throws IOException {
    var scene = withASecondStorage();
    attach();
    scene.repository().disk("identity: mine\nvtapes: { size: 3MiB }");
    assertThat(scene.set().run(new LevelWish.Auto()).exit()).isEqualTo(ExitCode.TEMPFAIL);
    scene.change(2);
    var later = new LevelWish.Exactly(Level.FULL);
    assertThat(scene.set().run(later).exit()).isEqualTo(ExitCode.TEMPFAIL);
    Files.createDirectory(scene.repository().storage());
    Files.writeString(scene.repository().storage().resolve(".holdfast-identity"), "mine");
    scene.holdfast().run("flush", "Demo").expect(0);

    scene.holdfast().crashAt(point, "copy", "Demo").expect(KILLED);

    scene.afterwards().nothingLostNothingHalf(scene.tree());
    scene.holdfast().run("copy", "Demo").expect(0);
    scene.afterwards().settled(scene.tree());
    assertThat(manifests()).as("without a number, and with it").hasSize(4).doesNotHaveDuplicates();
    scene.holdfast().run("copy", "Demo").expect(0);
    assertThat(manifests()).hasSize(4);
  }

  private List<String> manifests() throws IOException {
    try (var all = Files.walk(root.resolve("second"))) {
      return all.filter(file -> file.toString().endsWith(".manifest"))
          .map(file -> Trees.output("sha256sum", file.toString()).substring(0, 64))
          .toList();
    }
  }

  private Scene withASecondStorage() {
    var scene = Scene.in(root);
    scene.repository().further("Second", root.resolve("second"), "identity: second");
    scene.repository().set(List.of("Tree"), "copies: [ { to: Second } ]");
    return scene;
  }

  private void attach() throws IOException {
    Files.createDirectory(root.resolve("second"));
    Files.writeString(root.resolve("second/.holdfast-identity"), "second\n");
  }

  private void everyImageIsThereOnce(Scene scene) throws IOException {
    scene.afterwards().settled(scene.tree());
    var ids = scene.set().imageIds();
    assertThat(scene.set().images())
        .extracting(row -> row.copies())
        .containsOnly(List.of("Second"));
    assertThat(scene.set().verify().images()).hasSize(2 * ids.size());
    try (var all = Files.walk(root.resolve("second"))) {
      var names =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.startsWith(root.resolve("second/.holdfast")))
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> !name.startsWith("."))
              .toList();
      var ofImages =
          names.stream()
              .filter(name -> VolumeFileName.parse(name).orElseThrow().image().isPresent())
              .map(name -> name.substring(name.indexOf('.')))
              .toList();
      assertThat(ofImages).doesNotHaveDuplicates();
      assertThat(ofImages.stream().filter(name -> name.endsWith("manifest"))).hasSize(ids.size());
    }
  }
}
