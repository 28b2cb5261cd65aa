package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.fixture.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Whatever a process that is gone left in the batch framework's books, the next run goes on with
/// its plan. States between two commits of the framework itself have no named point to die at: the
/// real command is killed in its dump, and the books are then made to say what they would say.
@Execution(ExecutionMode.CONCURRENT)
class BatchBooksIntegrationTests {
  private static final int KILLED = 137;

  @TempDir Path root;

  static Stream<Named<List<String>>> theNextRunGoesOn() {
    return Stream.of(
        Named.of(
            "stopped before the dump was begun",
            List.of(
                "UPDATE batch_job_execution SET status = 'STOPPED' WHERE status = 'STARTED'",
                "UPDATE batch_step_execution SET status = 'STARTING' WHERE step_name LIKE 'dump:%'",
                "UPDATE batch_step_execution SET status = 'STOPPED' WHERE status = 'STARTED'")),
        Named.of(
            "failed, and a writer was never begun",
            List.of(
                "UPDATE batch_job_execution SET status = 'FAILED' WHERE status = 'STARTED'",
                "UPDATE batch_step_execution SET status = 'FAILED' WHERE status = 'STARTED'",
                "UPDATE batch_step_execution SET status = 'STARTING'"
                    + " WHERE step_name LIKE 'write:%'")),
        Named.of(
            "the books could not be written",
            List.of(
                "UPDATE batch_job_execution SET status = 'UNKNOWN' WHERE status = 'STARTED'",
                "UPDATE batch_step_execution SET status = 'UNKNOWN' WHERE status = 'STARTED'")),
        Named.of(
            "partitions have no context yet",
            List.of(
                "UPDATE batch_step_execution SET status = 'STARTING' WHERE step_name LIKE '%:%'",
                "UPDATE batch_step_execution_context SET short_context = '{}'")));
  }

  @ParameterizedTest
  @MethodSource
  void theNextRunGoesOn(List<String> books) throws Exception {
    var scene = Scene.in(root);
    scene.holdfast().crashAt("dump-half", "run", "Demo").expect(KILLED);
    try (var catalog =
        Catalog.open(scene.set().state().resolve("catalog"), Duration.ofMinutes(1))) {
      var database = JdbcClient.create(catalog.dataSource());
      for (var statement : books) {
        assertThat(database.sql(statement).update()).as(statement).isPositive();
      }
    }

    var next = scene.holdfast().run("run", "Demo").expect(0);

    scene.afterwards().settled(scene.tree());
    assertThat(next.err()).contains(" continues");
  }
}
