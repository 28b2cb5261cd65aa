package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.TarGate;
import dev.holdfast.fixture.Trees;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What other commands may do while a run is at work.
@Execution(ExecutionMode.CONCURRENT)
class SideBySideIntegrationTests {
  @TempDir Path root;

  @Test
  void oneSetHasOneRunAndManyLookers() {
    var scene = Scene.in(root).backedUp();
    var wholly = scene.tree().resolve("born1");
    scene.change(2);
    var gate = TarGate.in(root.resolve("gate"));
    var running = scene.holdfast().start(gate.environment(), "run", "Demo");
    gate.awaitWaiting(1);
    var holdfast = scene.holdfast();

    var second = holdfast.run("run", "Demo").expect(20);
    var flush = holdfast.run("flush", "Demo").expect(20);
    var status = holdfast.run("status").expect(0);
    var list = holdfast.run("list", "images", "Demo").expect(0);
    var ls = holdfast.run("ls", "Demo/Tree", scene.tree().toString()).expect(0);
    holdfast.run("verify", "Demo").expect(0);
    holdfast.run("catalog", "check", "Demo").expect(0);
    var back = root.resolve("back");
    holdfast.run("restore", "Demo/Tree", wholly.toString(), "--to", back.toString()).expect(0);

    var holder = "another run holds it: process " + running.process().pid();
    assertThat(second.err()).contains(holder);
    assertThat(flush.err()).contains(holder);
    assertThat(status.out()).contains("at work");
    assertThat(list.out()).contains("STORED");
    assertThat(ls.out()).contains("born1").doesNotContain("born2");
    assertThat(back.resolve(Path.of("/").relativize(wholly))).hasContent("in generation 1");
    gate.open();
    running.await().expect(0);
    scene.afterwards().settled(scene.tree());
    assertThat(scene.afterwards().images()).isEqualTo(2);
  }

  @Test
  void anotherSetRunsMeanwhileOnTheSameStorage() {
    var scene = Scene.in(root);
    var other = Trees.fill(root.resolve("other"), 4, 10_000, 1);
    scene
        .repository()
        .source("Other", other)
        .setOf("Second", java.util.List.of("Other"), "staging: { use: { mode: never } }");
    var gate = TarGate.in(root.resolve("gate"));
    var first = scene.holdfast().start(gate.environment(), "run", "Demo");
    gate.awaitWaiting(1);

    scene.holdfast().run("run", "Second").expect(0);

    assertThat(first.process().isAlive()).isTrue();
    gate.open();
    first.await().expect(0);
    assertThat(scene.set().verify().damage()).isEmpty();
    assertThat(scene.set().check().differences()).isEmpty();
    scene.holdfast().run("verify", "Second").expect(0);
    scene.holdfast().run("catalog", "check", "Second").expect(0);
  }
}
