package dev.holdfast.job;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.partition.support.AbstractPartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/// Runs every writer at once, each on its own thread, and says when the last one has ended: a dump
/// that waits for room in staging must not wait for writers that are gone.
final class WriterSlots extends AbstractPartitionHandler {
  private final Step worker;
  private final Runnable ended;

  WriterSlots(Step worker, Runnable ended) {
    this.worker = worker;
    this.ended = ended;
  }

  @Override
  protected Set<StepExecution> doHandle(StepExecution manager, Set<StepExecution> partitions)
      throws Exception {
    try (var threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("write-", 0).factory())) {
      DumpSlots.await(partitions.stream().map(step -> threads.submit(execution(step))).toList());
    } finally {
      ended.run();
    }
    return partitions;
  }

  private Callable<@Nullable Void> execution(StepExecution step) {
    return () -> {
      worker.execute(step);
      return null;
    };
  }
}
