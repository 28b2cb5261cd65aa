package dev.holdfast.job;

import dev.holdfast.catalog.EstimateRow;
import dev.holdfast.model.Estimate;
import dev.holdfast.model.Level;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.How;
import dev.holdfast.model.declared.Source;
import dev.holdfast.plan.EstimatePlanner;
import dev.holdfast.plan.HistoryEstimates;
import dev.holdfast.plan.LevelEstimate;
import dev.holdfast.plan.Room;
import dev.holdfast.plan.SourceInput;
import dev.holdfast.report.RunEvent;
import dev.holdfast.source.EstimateRequest;
import dev.holdfast.source.Readiness;
import dev.holdfast.source.SourceDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Asks one source whether it is there, and how large its dumps would be: from its history where
/// that knows, else from the dump program itself, within the declared times. Thread-safe.
final class Estimating {
  private final RunScope scope;
  private final EstimatePlanner wanted;
  private final Room room;

  /// @param room where images can go: a bound that is sure to fit is estimate enough
  Estimating(RunScope scope, EstimatePlanner wanted, Room room) {
    this.scope = scope;
    this.wanted = wanted;
    this.room = room;
  }

  /// What came of asking.
  sealed interface Answer {
    record Known(SourceInput source) implements Answer {}

    /// It cannot be dumped in this run.
    record Unready(Problem problem) implements Answer {}

    /// It is offline: whether that is a failure is for its declaration to say.
    record Away(Problem problem) implements Answer {}

    /// It was too slow: not in this run, and a full in the next one.
    record TooLate(Problem problem) implements Answer {}
  }

  Answer ask(Source source, SourceInput known) throws InterruptedException {
    try {
      var reach = new Reach("source " + scope.key(source.name()), timeouts().verify());
      return switch (reach.ask(scope.driver(source.name())::probe)) {
        case Readiness.Ready() -> estimated(source, known);
        case Readiness.NotReady(var problem) -> new Answer.Unready(problem);
        case Readiness.Away(var problem) -> new Answer.Away(problem);
      };
    } catch (IOException failed) {
      return new Answer.Unready(
          new Problem(
              "source " + scope.key(source.name()),
              "cannot be estimated: " + Reason.of(failed),
              "see that its paths are readable, then run again"));
    }
  }

  private Answer estimated(Source source, SourceInput known)
      throws IOException, InterruptedException {
    var driver = scope.driver(source.name());
    var estimates = within(timeouts().estimate(), () -> estimates(driver, known));
    return estimates.isEmpty()
        ? new Answer.TooLate(tooLate(source))
        : known(source, known, estimates.get());
  }

  private Answer known(Source source, SourceInput known, Map<Level, LevelEstimate> estimates) {
    estimates.forEach(
        (level, estimate) ->
            scope
                .catalog()
                .histories()
                .record(
                    new EstimateRow(
                        scope.run(),
                        source.name(),
                        level,
                        estimate.raw(),
                        estimate.storedBytes())));
    scope.events().tell(new RunEvent.Estimated(source.name(), words(estimates)));
    return new Answer.Known(known.with(estimates));
  }

  private Map<Level, LevelEstimate> estimates(SourceDriver driver, SourceInput known)
      throws IOException, InterruptedException {
    var estimates = new TreeMap<Level, LevelEstimate>();
    var levels = wanted.levels(known);
    var past = new HistoryEstimates(known.history());
    for (var level : levels) {
      var estimate = past.estimate(level);
      if (estimate.isPresent()) {
        estimates.put(level, estimate.get());
      } else if (levels.size() == 1) {
        estimates.put(level, past.of(level, bounded(driver, known, level)));
      } else {
        estimates.put(level, past.of(level, measure(driver, known, level)));
      }
    }
    return estimates;
  }

  /// A bound that surely fits is good enough for a source's only choice, and costs no walk.
  private Estimate bounded(SourceDriver driver, SourceInput known, Level level)
      throws IOException, InterruptedException {
    var bound = driver.bound();
    return fits(bound) ? bound : measure(driver, known, level);
  }

  /// Several sources of one file system all have its bound: only a small one is promised to each.
  private boolean fits(Estimate bound) {
    long staging = scope.staging().map(area -> area.figures().available()).orElse(Long.MAX_VALUE);
    long room = Math.min(staging, this.room.storage().orElse(Long.MAX_VALUE));
    return bound.bytes() <= room / scope.sources().size();
  }

  /// Its own limit is beyond ours, so that only one of them speaks.
  private Estimate measure(SourceDriver driver, SourceInput known, Level level)
      throws IOException, InterruptedException {
    var base = Files.createTempFile(scope.state().work(), "estimate", ".base");
    try {
      return driver.measure(
          new EstimateRequest(unpacked(known, level, base), scope.state().work()),
          timeouts().estimate().multipliedBy(2));
    } finally {
      Files.deleteIfExists(base);
    }
  }

  private Optional<Path> unpacked(SourceInput known, Level level, Path base) throws IOException {
    var parent = known.history().parentFor(level);
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    var row = scope.catalog().images().find(parent.get().id()).orElseThrow();
    States.unpack(scope.readers().files(row), base);
    return Optional.of(base);
  }

  private How.Timeouts timeouts() {
    return scope.set().how().timeouts();
  }

  private Problem tooLate(Source source) {
    return new Problem(
        "source " + scope.key(source.name()),
        "gave no estimate in "
            + timeouts().estimate().toSeconds()
            + " s and is not backed up in this run; its next dump is a full",
        "raise how.timeouts.estimate, or look at what makes the source slow");
  }

  private static String words(Map<Level, LevelEstimate> estimates) {
    return estimates.entrySet().stream()
        .map(
            entry ->
                "level "
                    + entry.getKey()
                    + " "
                    + entry.getValue().raw().text()
                    + " by "
                    + entry.getValue().raw().method().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /// Empty when the time was over; the work is interrupted then.
  private static <T> Optional<T> within(Duration limit, Callable<T> work)
      throws IOException, InterruptedException {
    var task = new FutureTask<T>(work);
    Thread.ofVirtual().name("estimate").start(task);
    try {
      return Optional.of(task.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      task.cancel(true);
      return Optional.empty();
    } catch (InterruptedException stopped) {
      task.cancel(true);
      throw stopped;
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException known -> throw known;
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IOException("the estimate failed", failed.getCause());
      }
    }
  }
}
