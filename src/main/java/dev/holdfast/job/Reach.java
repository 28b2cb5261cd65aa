package dev.holdfast.job;

import dev.holdfast.model.Problem;
import dev.holdfast.source.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks a source whether it is there, and takes a hanging file system for an answer: a dead NFS
/// server must not keep the other sources waiting.
///
/// @param place the source, for messages
/// @param limit `how.timeouts.verify`
record Reach(String place, Duration limit) {

  /// Away when no answer comes in time. The thread that hangs is left behind: nothing can
  /// wake it before its file system does, and it keeps no process from ending.
  Readiness ask(Callable<Readiness> probe) throws IOException, InterruptedException {
    var answer = new FutureTask<>(probe);
    Thread.ofPlatform().daemon().name("probe").start(answer);
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException hangs) {
      return new Readiness.Away(
          new Problem(
              place,
              "is offline: it did not answer within " + limit.toSeconds() + " s",
              "see whether a file system of it hangs; how.timeouts.verify is the limit"));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }
}
