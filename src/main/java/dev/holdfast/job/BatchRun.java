package dev.holdfast.job;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.RunId;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Runs the job of a run once, or continues its last execution. The caller holds the set's lock, so
/// nothing of an earlier execution runs any more, whatever the framework's books say of it.
final class BatchRun {
  private static final int LONGEST_NAME = 100;
  private static final String RUN = "run";

  private final RunScope scope;
  private final StepActions actions;

  BatchRun(RunScope scope, StepActions actions) {
    this.scope = scope;
    this.actions = actions;
  }

  /// The framework's own books, which no snapshot and no rebuild brings back, tell of the run.
  static boolean knows(DataSource catalog, RunId run) {
    return JdbcClient.create(catalog)
            .sql(
                "SELECT COUNT(*) FROM batch_job_execution_params"
                    + " WHERE parameter_name = ? AND parameter_value = ?")
            .params(RUN, run.value())
            .query(Long.class)
            .single()
        > 0;
  }

  void execute(boolean resume, RunKind kind) {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(
          BatchRepository.class, () -> new BatchRepository(scope.catalog().dataSource()));
      context.refresh();
      var job = job(context.getBean(JobRepository.class), kind);
      context.getBean(JobRegistry.class).register(job);
      var execution = execute(context, job, resume);
      rethrowBugs(execution.getAllFailureExceptions());
    } catch (RuntimeException known) {
      throw known;
    } catch (Exception refused) {
      throw new IllegalStateException("the batch framework refused the job", refused);
    }
  }

  private Job job(JobRepository repository, RunKind kind) {
    var how = scope.set().how();
    var name = "backup:" + scope.set().name();
    var job = new RunJob(repository, actions);
    var short100 = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    return switch (kind) {
      case RUN -> job.backup(short100, how.serverParallel(), how.mediaParallel());
      case FLUSH -> job.flush("flush", how.mediaParallel());
      case COPY -> job.copy("copy");
    };
  }

  private JobExecution execute(AnnotationConfigApplicationContext context, Job job, boolean resume)
      throws Exception {
    var operator = context.getBean(JobOperator.class);
    var repository = context.getBean(JobRepository.class);
    var parameters =
        new JobParametersBuilder().addString(RUN, scope.run().value()).toJobParameters();
    var last = resume ? repository.getLastJobExecution(job.getName(), parameters) : null;
    if (last == null) {
      return operator.start(job, parameters);
    }
    if (last.getStatus() == BatchStatus.COMPLETED) {
      return last;
    }
    close(repository, last);
    return operator.restart(Objects.requireNonNull(repository.getJobExecution(last.getId())));
  }

  /// Says FAILED of what has no end in the books, so that it may be run again: steps of a process
  /// that died, partitions that a stopped run never began, and what the framework calls UNKNOWN
  /// because it could not write to its books. Its own `recover` closes only an execution that says
  /// that it runs. The catalog's rows tell what is still to be done, not these.
  private static void close(JobRepository repository, JobExecution last) {
    var now = LocalDateTime.now(ZoneId.systemDefault());
    for (var step : last.getStepExecutions()) {
      if (isOpen(step.getStatus())) {
        step.setStatus(BatchStatus.FAILED);
        step.setEndTime(now);
        repository.update(step);
      }
    }
    if (isOpen(last.getStatus())) {
      last.setStatus(BatchStatus.FAILED);
      last.setEndTime(now);
      repository.update(last);
    }
  }

  private static boolean isOpen(BatchStatus status) {
    return status.isRunning() || status == BatchStatus.UNKNOWN;
  }

  /// What a source or the storage met was told already; anything else is a bug and must be seen.
  private static void rethrowBugs(List<Throwable> failures) {
    for (var failure : failures) {
      if (failure instanceof RuntimeException bug) {
        throw bug;
      }
      if (failure instanceof IOException lost) {
        throw new HoldfastException(
            ExitCode.STORAGE,
            new Problem(
                "",
                "the run could not go on: " + Reason.of(lost),
                "what is staged is safe; repair the disk it names, then run again"),
            lost);
      }
    }
  }
}
