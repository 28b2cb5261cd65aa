package dev.holdfast.job;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.partition.support.AbstractPartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/// Starts the planned dumps in the plan's order, so many at a time. The framework's own handler
/// iterates a hash set and forgets the order.
final class DumpSlots extends AbstractPartitionHandler {
  private final Step worker;
  private final int slots;
  private final StepActions actions;

  DumpSlots(Step worker, int slots, StepActions actions) {
    this.worker = worker;
    this.slots = slots;
    this.actions = actions;
  }

  @Override
  protected Set<StepExecution> doHandle(StepExecution manager, Set<StepExecution> partitions)
      throws Exception {
    try {
      runAll(inOrder(partitions));
    } finally {
      actions.dumpsEnded();
    }
    return partitions;
  }

  private Queue<StepExecution> inOrder(Set<StepExecution> partitions) {
    var order = actions.dumps().stream().map(image -> "dump:" + image).toList();
    return new ArrayDeque<>(
        partitions.stream()
            .sorted(Comparator.comparingInt(step -> order.indexOf(step.getStepName())))
            .toList());
  }

  private void runAll(Queue<StepExecution> queue) throws Exception {
    try (var threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("dump-", 0).factory())) {
      var running =
          IntStream.range(0, Math.min(slots, queue.size()))
              .mapToObj(_ -> threads.submit(() -> drain(queue)))
              .toList();
      await(running);
    }
  }

  private @Nullable Void drain(Queue<StepExecution> queue) throws Exception {
    for (var step = next(queue); step != null; step = next(queue)) {
      worker.execute(step);
    }
    return null;
  }

  private static @Nullable StepExecution next(Queue<StepExecution> queue) {
    synchronized (queue) {
      return queue.poll();
    }
  }

  static void await(Iterable<? extends Future<?>> running) throws Exception {
    for (var task : running) {
      try {
        task.get();
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof Exception cause ? cause : failed;
      }
    }
  }
}
