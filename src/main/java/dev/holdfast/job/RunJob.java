package dev.holdfast.job;

import dev.holdfast.model.ImageId;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.FlowJobBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/// Compiles a run into a Spring Batch job: `prepare`, `estimate`, `plan`, then dumps and writes
/// side by side, copies to further storages, `prune` only when dumps and writes went well, `report`
/// always, and a verdict that keeps an unfinished run restartable. A restart runs again what did
/// not complete: one source, one writer. The catalog's image rows are the truth; the steps only say
/// what to do again.
final class RunJob {
  private final JobRepository repository;
  private final StepActions actions;

  RunJob(JobRepository repository, StepActions actions) {
    this.repository = repository;
    this.actions = actions;
  }

  /// The whole run.
  ///
  /// @param dumpers dumps at the same time, `how.serverParallel`
  /// @param writers writers at the same time, `how.mediaParallel`
  Job backup(String name, int dumpers, int writers) {
    var prepare = flow("prepared", repeatable("prepare", actions::prepare));
    var estimate = flow("estimated", once("estimate", actions::estimate));
    var plan = flow("planned", once("plan", actions::plan));
    var report = repeatable("report", actions::report);
    var verdict = verdict();
    var move =
        new FlowBuilder<Flow>("move")
            .split(threads("move-"))
            .add(flow("dumping", dumps(dumpers)), flow("writing", writes(writers)))
            .build();
    FlowBuilder<FlowJobBuilder> way = new JobBuilder(name, repository).start(prepare);
    unlessFailed(way, prepare, estimate, report);
    unlessFailed(way, estimate, plan, report);
    unlessFailed(way, plan, move, report);
    var copies = flow("copied", copies());
    var copiesOnly = flow("copied after trouble", copies());
    var prune = repeatable("prune", actions::prune);
    return way.from(move)
        .on("COMPLETED")
        .to(copies)
        .from(move)
        .on("*")
        .to(copiesOnly)
        .from(copiesOnly)
        .on("*")
        .to(report)
        .from(copies)
        .on("*")
        .to(prune)
        .from(prune)
        .on("*")
        .to(report)
        .from(report)
        .on("*")
        .to(verdict)
        .from(verdict)
        .on(FlowExecutionStatus.COMPLETED.getName())
        .end()
        .from(verdict)
        .on("*")
        .fail()
        .end()
        .build();
  }

  /// What failed is reported; nothing that builds on it is begun.
  private static void unlessFailed(
      FlowBuilder<FlowJobBuilder> way, Flow from, Flow next, Step report) {
    way.from(from).on("FAILED").to(report).from(from).on("*").to(next);
  }

  /// Only what waits in staging.
  Job flush(String name, int writers) {
    return new JobBuilder(name, repository)
        .start(repeatable("prepare", actions::prepare))
        .next(repeatable("no dumps", () -> actions.dumpsEnded()))
        .next(writes(writers))
        .on("*")
        .to(repeatable("report", actions::report))
        .end()
        .build();
  }

  /// Only what further storages lack.
  Job copy(String name) {
    return new JobBuilder(name, repository)
        .start(repeatable("prepare", actions::prepare))
        .next(copies())
        .on("*")
        .to(repeatable("report", actions::report))
        .end()
        .build();
  }

  /// One partition for each further storage: they do not wait for each other. Always complete: what
  /// is still to be copied is in the catalog, for whichever run comes next.
  private Step copies() {
    var storages = actions.copies();
    if (storages.isEmpty()) {
      return repeatable("no copies", () -> {});
    }
    var worker =
        new StepBuilder("copy", repository)
            .tasklet(interruptible(copy -> actions.copy(storages.get(Integer.parseInt(copy)))))
            .allowStartIfComplete(true)
            .build();
    return new StepBuilder("copies", repository)
        .partitioner("copy", _ -> numbered(storages.size()))
        .partitionHandler(new WriterSlots(worker, () -> {}))
        .allowStartIfComplete(true)
        .build();
  }

  /// Starts again when it is complete: the writers wait for it to say that no dump comes any more.
  /// The dumps themselves do not.
  private Step dumps(int dumpers) {
    var worker =
        new StepBuilder("dump", repository)
            .tasklet(interruptible(image -> actions.dump(new ImageId(image))))
            .build();
    return new StepBuilder("dumps", repository)
        .partitioner("dump", _ -> partitions(actions.dumps().stream().map(ImageId::value)))
        .partitionHandler(new DumpSlots(worker, dumpers, actions))
        .allowStartIfComplete(true)
        .build();
  }

  private Step writes(int writers) {
    var worker =
        new StepBuilder("write", repository)
            .tasklet(interruptible(writer -> actions.write(Long.parseLong(writer))))
            .allowStartIfComplete(true)
            .build();
    return new StepBuilder("writes", repository)
        .partitioner("write", _ -> numbered(writers))
        .partitionHandler(new WriterSlots(worker, actions::writesEnded))
        .allowStartIfComplete(true)
        .build();
  }

  private static Map<String, ExecutionContext> numbered(int count) {
    return partitions(IntStream.range(0, count).mapToObj(Integer::toString));
  }

  /// Each partition is known by its name alone: the framework commits its context after it, and
  /// gives the one back that a killed process had not yet written.
  private static Map<String, ExecutionContext> partitions(Stream<String> names) {
    return names.collect(Collectors.toMap(Function.identity(), _ -> new ExecutionContext()));
  }

  private Step once(String name, StepAction action) {
    return new StepBuilder(name, repository).tasklet(interruptible(_ -> action.run())).build();
  }

  private Step repeatable(String name, StepAction action) {
    return new StepBuilder(name, repository)
        .tasklet(interruptible(_ -> action.run()))
        .allowStartIfComplete(true)
        .build();
  }

  private static Flow flow(String name, Step step) {
    return new FlowBuilder<Flow>(name).start(step).build();
  }

  private static SimpleAsyncTaskExecutor threads(String prefix) {
    return new SimpleAsyncTaskExecutor(prefix);
  }

  /// A raw interrupt would make the step FAILED; the framework's own makes it STOPPED.
  private static Tasklet interruptible(PartitionAction action) {
    return (contribution, _) -> {
      try {
        var step = contribution.getStepExecution().getStepName();
        action.run(step.substring(step.indexOf(':') + 1));
        return RepeatStatus.FINISHED;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new JobInterruptedException("stopped", BatchStatus.STOPPED);
      }
    };
  }

  /// One step that did not complete makes the execution FAILED, or the framework would refuse to
  /// restart it.
  private static JobExecutionDecider verdict() {
    return (execution, _) ->
        execution.getStepExecutions().stream()
                .allMatch(step -> step.getStatus() == BatchStatus.COMPLETED)
            ? FlowExecutionStatus.COMPLETED
            : FlowExecutionStatus.FAILED;
  }

  /// An action of a step that has no input.
  private interface StepAction {
    void run() throws Exception;
  }

  /// An action of a partition, given what its step's name says behind the colon.
  private interface PartitionAction {
    void run(String partition) throws Exception;
  }
}
