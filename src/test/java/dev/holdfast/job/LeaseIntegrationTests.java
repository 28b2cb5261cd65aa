package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.TarGate;
import dev.holdfast.fixture.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two runs of one set with different state directories, as on two hosts, and one storage.
@Execution(ExecutionMode.CONCURRENT)
class LeaseIntegrationTests {
  private static final Map<String, String> OFTEN = Map.of("HOLDFAST_LEASE_RENEWAL", "1");

  @TempDir Path root;

  @Test
  void theSecondRunIsRefusedAndNamesTheFirstAndWritesNothing() throws Exception {
    var scene = Scene.in(root).backedUp().change(2);
    var gate = TarGate.in(root.resolve("gate"));
    var first = scene.holdfast().start(with(gate), "run", "Demo");
    gate.awaitWaiting(1);
    var before = files(scene);

    var second = other(scene).runWith(OFTEN, "run", "Demo").expect(20);

    assertThat(second.err())
        .contains("set Demo: another run holds its storage: run ")
        .contains(
            " on host "
                + Files.readString(Path.of("/proc/sys/kernel/hostname")).strip()
                + " (process "
                + first.process().pid()
                + ") since ");
    assertThat(files(scene)).isEqualTo(before);
    assertThat(other(scene).run("list", "images", "Demo").expect(0).out()).contains("Demo/Tree");
    gate.open();
    first.await().expect(0);
    scene.afterwards().settled(scene.tree());
    other(scene).run("run", "Demo").expect(0);
  }

  @Test
  void theSecondRunWaitsForTheFirstAsLongAsItIsToldTo() {
    var scene = Scene.in(root).backedUp().change(2);
    var gate = TarGate.in(root.resolve("gate"));
    var first = scene.holdfast().start(with(gate), "run", "Demo");
    gate.awaitWaiting(1);
    var second = other(scene).start(OFTEN, "run", "Demo", "--lock-wait", "100s");
    gate.open();

    first.await().expect(0);
    second.await().expect(0);

    assertThat(scene.repository().storage().resolve(".holdfast/Demo/lease"))
        .content()
        .isEqualTo("HOLDFAST/1 LEASE\nGeneration: 3\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSuspendedRunThatWasTakenOverCommitsNothing(boolean staged) {
    var scene = Scene.in(root);
    if (!staged) {
      scene.withoutStaging();
    }
    scene.backedUp().change(2);
    var gate = TarGate.in(root.resolve("gate"));
    var suspended = scene.holdfast().start(with(gate), "run", "Demo");
    gate.awaitWaiting(1);
    signal("STOP", suspended.process());

    var second = other(scene);
    var taken = second.runWith(OFTEN, "run", "Demo").expect(0);
    assertThat(taken.err()).contains("has not renewed its lease for ").contains("is taken over");
    var manifests = manifests(scene);
    assertThat(manifests.lines()).hasSize(2);
    gate.open();
    signal("CONT", suspended.process());

    var late = suspended.await().expect(20);
    assertThat(late.err() + late.out())
        .contains("the lease of this run was taken over by ")
        .contains("this run writes nothing more to media");
    assertThat(manifests(scene)).isEqualTo(manifests);
    scene.change(3);
    scene.holdfast().run("run", "Demo", "--fresh").expect(0);
    assertThat(manifests(scene).lines()).hasSizeGreaterThanOrEqualTo(3);
    scene.holdfast().run("catalog", "check", "Demo").expect(0);
    scene.holdfast().run("verify", "Demo").expect(0);
    second.run("run", "Demo").expect(0);
    second.run("verify", "Demo").expect(0);
  }

  private static Map<String, String> with(TarGate gate) {
    var environment = new HashMap<>(gate.environment());
    environment.putAll(OFTEN);
    return environment;
  }

  /// Another host: its own state directory and staging, the same storage.
  private HoldfastProcess other(Scene scene) {
    var config = root.resolve("other-config");
    if (!Files.exists(config)) {
      Trees.output("cp", "-r", scene.repository().folder().toString(), config.toString());
      Trees.output(
          "sed",
          "-i",
          "s|" + scene.repository().staging() + "|" + root.resolve("other-scratch") + "|",
          config.resolve("storage/scratch.yaml").toString());
    }
    return new HoldfastProcess(config, root.resolve("other-state"));
  }

  private static String manifests(Scene scene) {
    return Trees.output(
        "find", scene.repository().storage().toString(), "-name", "*.manifest", "-printf", "%P\\n");
  }

  private static String files(Scene scene) {
    return Trees.output(
        "find",
        scene.repository().storage().toString(),
        "-path",
        "*/.holdfast/*",
        "-prune",
        "-o",
        "-type",
        "f",
        "-printf",
        "%P %s %T@\\n");
  }

  private static void signal(String name, Process process) {
    Trees.output("kill", "-" + name, Long.toString(process.pid()));
  }
}
