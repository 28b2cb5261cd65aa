package dev.holdfast.job;

import dev.holdfast.model.ImageId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.partition.support.AbstractPartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/// Runs the planned dumps, so many at a time, in the order that the driver gives them out. The
/// framework's own handler iterates a hash set and knows nothing of room or hosts. Platform
/// threads: they wait for the catalog below frames of the framework, where a virtual one could hold
/// its carrier.
final class DumpSlots extends AbstractPartitionHandler {
  private static final String PREFIX = "dump:";

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
      var steps =
          partitions.stream().collect(Collectors.toMap(DumpSlots::image, Function.identity()));
      actions.dumpsBegin(steps.keySet());
      runAll(steps);
    } finally {
      actions.dumpsEnded();
    }
    return partitions;
  }

  private static ImageId image(StepExecution step) {
    return new ImageId(step.getStepName().substring(PREFIX.length()));
  }

  private void runAll(Map<ImageId, StepExecution> steps) throws Exception {
    try (var threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("dump-", 0).factory())) {
      var running =
          IntStream.range(0, Math.min(slots, steps.size()))
              .mapToObj(slot -> threads.submit(() -> work(slot, steps)))
              .toList();
      await(running);
    }
  }

  private @Nullable Void work(int slot, Map<ImageId, StepExecution> steps) throws Exception {
    for (var next = actions.nextDump(slot); next.isPresent(); next = actions.nextDump(slot)) {
      var image = next.get();
      try {
        worker.execute(Objects.requireNonNull(steps.get(image)));
      } finally {
        actions.dumpEnded(image);
      }
    }
    return null;
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
