package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Scene;
import dev.holdfast.fixture.Trees;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real command is killed, or told to end, at random instants of its work. The seed of each
/// failure is in its message: `-Dholdfast.seed=N` makes the same instants again.
@Execution(ExecutionMode.CONCURRENT)
class KillIntegrationTests {
  private static final int KILLED = 137;

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({"true, 5", "false, 5", "true, 5", "false, 5"})
  void killedAtRandomInstantsItLosesNothing(boolean staged, int kills) throws Exception {
    faultsAtRandomInstants(staged ? staged() : direct(), kills, "KILL", KILLED);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void stoppedAtRandomInstantsItLosesNothing(String signal, int exit) throws Exception {
    faultsAtRandomInstants(staged(), 3, signal, exit);
  }

  private Scene staged() {
    return Scene.in(root).backedUp();
  }

  private Scene direct() {
    return Scene.in(root).withoutStaging().backedUp();
  }

  private static void faultsAtRandomInstants(Scene scene, int faults, String signal, int exit)
      throws Exception {
    long seed = Long.getLong("holdfast.seed", System.nanoTime());
    System.out.println(signal + " at random instants, seed " + seed);
    var random = new Random(seed);
    long usual = usualMillis(scene);
    for (int fault = 0; fault < faults; fault++) {
      scene.change(10L + 2L * fault);
      long instant = usual / 5 + random.nextLong(usual);
      var running = scene.holdfast().start(Map.of(), "run", "Demo");
      if (!running.process().waitFor(instant, TimeUnit.MILLISECONDS)) {
        Trees.output("sh", "-c", "kill -" + signal + " " + running.process().pid() + " || true");
      }
      var result = running.await();
      assertThat(result.exit()).as("seed " + seed + "\n" + result.err()).isIn(exit, 0);
      scene.afterwards().nothingLostNothingHalf(scene.tree());
      scene.change(11L + 2L * fault);
      scene.converges();
    }
  }

  /// How long a run takes on this machine just now.
  private static long usualMillis(Scene scene) {
    long began = System.nanoTime();
    scene.change(3);
    scene.converges();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }
}
