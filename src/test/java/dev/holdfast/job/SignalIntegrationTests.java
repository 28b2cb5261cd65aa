package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.TarGate;
import dev.holdfast.fixture.Trees;
import dev.holdfast.report.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A signal ends the real command in good order: nothing half is visible, no program of it stays
/// behind, and the next run goes on with the same run.
@Execution(ExecutionMode.CONCURRENT)
class SignalIntegrationTests {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({"TERM, 143, true", "INT, 130, true", "TERM, 143, false"})
  void aDumpIsEndedAndTheRunIsContinued(String signal, int exit, boolean staged) throws Exception {
    var scene = Scene.in(root);
    if (!staged) {
      scene.withoutStaging();
    }
    scene.backedUp().change(2);
    var gate = TarGate.in(root.resolve("gate"));
    var running = scene.holdfast().start(gate.environment(), "run", "Demo");
    gate.awaitWaiting(1);

    signal(signal, running.process());
    var stopped = running.await().expect(exit);

    for (long program : gate.waiting()) {
      Awaitility.await()
          .atMost(10, TimeUnit.SECONDS)
          .until(() -> ProcessHandle.of(program).filter(ProcessHandle::isAlive).isEmpty());
    }
    scene.afterwards().nothingLostNothingHalf(scene.tree());
    assertThat(scene.set().images()).hasSize(1);
    scene.change(3);
    var next = scene.holdfast().run("run", "Demo").expect(0);
    scene.afterwards().settled(scene.tree());
    assertThat(next.err()).contains("run " + runOf(stopped.err()) + " continues");
  }

  /// Its step is in the framework's books, and it never ran.
  @Test
  void aDumpThatWaitedForItsTurnIsMadeByTheNextRun() throws Exception {
    var scene = Scene.in(root);
    scene
        .repository()
        .source("Other", scene.root().resolve("other"))
        .set(List.of("Tree", "Other"), "how: { serverParallel: 1 }");
    Files.writeString(Files.createDirectories(scene.root().resolve("other")).resolve("file"), "o");
    var gate = TarGate.in(root.resolve("gate"));
    var running = scene.holdfast().start(gate.environment(), "run", "Demo");
    gate.awaitWaiting(1);

    signal("TERM", running.process());
    running.await().expect(143);

    scene.converges();
    assertThat(scene.set().images())
        .extracting(image -> image.source().source().value())
        .containsExactlyInAnyOrder("Tree", "Other");
  }

  @Test
  void whoWaitsForTheLockIsStoppedAtOnce() {
    var scene = Scene.in(root);
    var gate = TarGate.in(root.resolve("gate"));
    var holding = scene.holdfast().start(gate.environment(), "run", "Demo");
    gate.awaitWaiting(1);
    var waiting = scene.holdfast().start(Map.of(), "run", "Demo", "--lock-wait", "1h", "-v");
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> waiting.process().info().totalCpuDuration().orElseThrow().toMillis() > 500);

    signal("TERM", waiting.process());

    waiting.await().expect(143);
    gate.open();
    holding.await().expect(0);
    scene.afterwards().settled(scene.tree());
    assertThat(scene.set().images()).extracting(Row.ImageRow::state).containsExactly("STORED");
  }

  private static String runOf(String err) {
    var first = err.lines().filter(line -> line.startsWith("Demo: run ")).findFirst().orElseThrow();
    return first.substring("Demo: run ".length()).split(" ", 2)[0];
  }

  private static void signal(String name, Process process) {
    Trees.output("kill", "-" + name, Long.toString(process.pid()));
  }
}
