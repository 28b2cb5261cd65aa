package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.TarGate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A window that closes while the first of two sets is at work ends that set's run, and nothing of
/// the other's, which is due in a window of its own.
@Execution(ExecutionMode.CONCURRENT)
class WindowEndIntegrationTests {
  private static final String SECONDS_BEFORE_IT_CLOSES = "2026-11-26T03:59:40Z";
  private static final Duration SECONDS_UNTIL_IT_CLOSES = Duration.ofSeconds(20);

  @TempDir Path root;

  @Test
  void theEndOfOneWindowStopsTheRunOfItsOwnSetOnly() throws Exception {
    var scene = twoSets("stop");
    var gate = TarGate.in(root.resolve("gate"));
    var running = start(scene.holdfast(), gate, "run", "--due");
    gate.awaitWaiting(1);
    gate.awaitWaiting(2);
    gate.open();

    var ended = running.await().expect(75);

    onlyDemoGoesOn(scene, ended);
  }

  @Test
  void theEndOfOneWindowKeepsNoOtherSetFromBeginning() throws Exception {
    var scene = twoSets("finishCurrent");
    var gate = TarGate.in(root.resolve("gate"));
    var running = start(scene.holdfast(), gate, "run", "--due");
    gate.awaitWaiting(1);
    Thread.sleep(SECONDS_UNTIL_IT_CLOSES);
    gate.open();

    var ended = running.await().expect(0);

    onlyDemoGoesOn(scene, ended);
  }

  /// It has begun nothing yet: a run on another machine has the storage.
  @Test
  void aSetWhoseWindowClosesWhileItWaitsIsLeftToTheNext() throws Exception {
    var scene = twoSets("stop");
    var gate = TarGate.in(root.resolve("gate"));
    var holding = start(scene.holdfast(), gate, "run", "Demo");
    gate.awaitWaiting(1);
    var machine = new HoldfastProcess(scene.repository().folder(), root.resolve("machine"));

    var waiting = start(machine, gate, "run", "--due", "Demo", "--lock-wait", "5m").await();

    waiting.expect(75);
    assertThat(waiting.err()).contains("set Demo: did not come to its end: the window closed at");
    gate.open();
    holding.await().expect(0);
    scene.afterwards().nothingLostNothingHalf(scene.tree());
  }

  private static void onlyDemoGoesOn(Scene scene, HoldfastProcess.Result ended) throws Exception {
    assertThat(ended.out()).contains("of Other: OK");
    assertThat(scene.holdfast().run("list", "images", "Other").expect(0).out()).contains("Files");
    scene.holdfast().run("run", "Demo").expect(0);
    scene.afterwards().nothingLostNothingHalf(scene.tree());
  }

  private Scene twoSets(String then) throws Exception {
    var scene = Scene.in(root);
    Files.writeString(Files.createDirectory(root.resolve("files")).resolve("one"), "of Other");
    scene
        .repository()
        .file(
            "jobs/project.yaml",
            """
            kind: Project
            name: Test
            timezone: UTC
            """)
        .file("schedules/early.yaml", schedule("Early", "04:00", then))
        .file("schedules/late.yaml", schedule("Late", "06:00", then))
        .source("Files", root.resolve("files"))
        .set(List.of("Tree"), "when: { schedule: Early }")
        .setOf(
            "Other",
            List.of("Files"),
            "staging: { use: { mode: never } }\nwhen: { schedule: Late }");
    scene.holdfast().run("validate").expect(0);
    return scene;
  }

  private static String schedule(String name, String until, String then) {
    return """
        kind: Schedule
        name: %s
        mode: auto
        windows: [ { days: "mon..sun", from: "22:00", to: "%s" } ]
        onWindowEnd: %s
        """
        .formatted(name, until, then);
  }

  private static HoldfastProcess.Running start(
      HoldfastProcess holdfast, TarGate gate, String... words) {
    var command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--now", SECONDS_BEFORE_IT_CLOSES));
    return holdfast.start(gate.environment(), command.toArray(String[]::new));
  }
}
