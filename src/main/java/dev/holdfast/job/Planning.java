package dev.holdfast.job;

import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.LifeRow;
import dev.holdfast.image.Digests;
import dev.holdfast.image.FileKind;
import dev.holdfast.job.Estimating.Answer;
import dev.holdfast.model.Digest;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Source;
import dev.holdfast.plan.EstimatePlanner;
import dev.holdfast.plan.History;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.PlanInput;
import dev.holdfast.plan.Planner;
import dev.holdfast.plan.Room;
import dev.holdfast.plan.SourceInput;
import dev.holdfast.plan.Today;
import dev.holdfast.report.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/// Asks history and sources what the planner needs to know, and stores what it decides.
final class Planning {
  private final RunScope scope;
  private final PlanStore store;
  private final PlanInputs inputs;
  private final Map<SourceName, Answer> answers = new ConcurrentHashMap<>();

  Planning(RunScope scope, Ids ids) {
    this.scope = scope;
    this.store = new PlanStore(scope, ids);
    this.inputs =
        PlanInputs.of(scope.request().declarations(), scope.set(), Optional.of(scope.catalog()));
  }

  /// A source with what it said, on their way through the parallel estimates.
  private record Asked(SourceName source, Answer answer) {}

  /// What a plan depends on: a run is only continued while this is the same.
  static Digest fingerprint(RunRequest request) {
    var leftOut = request.steps().leftOut();
    var text =
        request.set().fingerprint()
            + " "
            + request.level()
            + " "
            + request.only()
            + (leftOut.isEmpty() ? "" : " without " + leftOut);
    return Digests.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// All sources at once, as many as may be dumped at once, and no host more than it may.
  void estimate() {
    if (isPlanned()) {
      return;
    }
    tellDamaged();
    var estimating = new Estimating(scope, new EstimatePlanner(inputs.rules(), today()), room());
    var hosts = new ConcurrentHashMap<String, Semaphore>();
    scope.sources().stream()
        .gather(
            Gatherers.mapConcurrent(
                scope.set().how().serverParallel(),
                source -> {
                  var known = known(source);
                  var host =
                      hosts.computeIfAbsent(
                          source.host(), _ -> new Semaphore(scope.set().how().clientParallel()));
                  return new Asked(source.name(), ask(host, estimating, source, known));
                }))
        .forEach(asked -> answers.put(asked.source(), asked.answer()));
  }

  /// Stores the plan; a plan that is stored already stays.
  ///
  /// @param leftOut told of each source without a dump, before the plan is stored: a run that is
  ///     continued asks no source again
  /// @throws InterruptedException when a signal kept sources from being asked
  void plan(Consumer<Unplanned> leftOut) throws InterruptedException {
    if (isPlanned()) {
      return;
    }
    if (answers.isEmpty()) {
      estimate();
    }
    scope.stop().check();
    var sources =
        scope.sources().stream().flatMap(source -> input(source, leftOut).stream()).toList();
    var plan = Planner.plan(new PlanInput(today(), inputs.rules(), room(), sources));
    leaveOut(plan, leftOut);
    store.store(plan, now());
  }

  /// What a person wanted left out is told, and is no failure.
  private void leaveOut(Plan plan, Consumer<Unplanned> leftOut) {
    for (var out : plan.leftOut()) {
      var place = "source " + scope.key(out.source());
      if (out.wanted()) {
        scope.events().tell(new RunEvent.Note(place + " is not dumped: " + out.reason()));
      } else {
        leftOut.accept(
            Unplanned.failed(
                out.source(),
                new Problem(
                    place,
                    "is not dumped: " + out.reason(),
                    "make room on the storage, or run it alone with --source " + out.source())));
      }
    }
  }

  private Optional<SourceInput> input(Source source, Consumer<Unplanned> leftOut) {
    return switch (answers.get(source.name())) {
      case Answer.Known(var input) -> Optional.of(input);
      case Answer.Unready(var problem) -> {
        leftOut.accept(Unplanned.failed(source.name(), problem));
        yield Optional.empty();
      }
      case Answer.Away(var problem) -> {
        leftOut.accept(Grace.of(source, known(source), now()).judge(problem));
        yield Optional.empty();
      }
      case Answer.TooLate(var problem) -> {
        scope.catalog().plans().orderFullAfterTimeout(source.name(), now());
        leftOut.accept(Unplanned.failed(source.name(), problem));
        yield Optional.empty();
      }
      case null -> throw new IllegalStateException("nobody asked " + source.name());
    };
  }

  private Answer ask(Semaphore host, Estimating estimating, Source source, SourceInput known) {
    try {
      host.acquire();
      try {
        return scope.stop().untilStopped(() -> estimating.ask(source, known));
      } finally {
        host.release();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Answer.Unready(
          new Problem("source " + source.name(), "was not asked, the run was stopped", ""));
    }
  }

  /// Why a source gets a full, or builds on one that is not its newest.
  private void tellDamaged() {
    var names = scope.sources().stream().map(Source::name).collect(Collectors.toSet());
    scope.catalog().lifetimes().list().stream()
        .filter(row -> row.state() == ImageState.STORED && names.contains(row.source()))
        .filter(row -> row.damagedAt().isPresent() && isNewerThanFull(row))
        .forEach(
            row ->
                scope
                    .events()
                    .tell(
                        new RunEvent.Note(
                            "image %s of source %s is damaged, as a verify found, and is not built on"
                                .formatted(row.image(), row.source()))));
  }

  private boolean isNewerThanFull(LifeRow row) {
    var full = inputs.history(row.source()).newestFull();
    return full.isEmpty() || row.at().isAfter(full.get().at());
  }

  /// The images that a next one can build on have their STATE at hand.
  private SourceInput known(Source source) {
    var known = inputs.source(source, scope.request().level());
    var usable = known.history().images().stream().filter(past -> hasState(past.id())).toList();
    return known.on(new History(usable));
  }

  private boolean hasState(ImageId image) {
    if (scope.sidecars().has(image, FileKind.STATE)) {
      return true;
    }
    var probe = scope.state().work(image, "probe");
    try {
      var row = scope.catalog().images().find(image).orElseThrow();
      States.unpack(scope.readers().files(row), probe);
      Files.delete(probe);
      return true;
    } catch (IOException unreadable) {
      scope
          .events()
          .tell(
              new RunEvent.Note(
                  "image "
                      + image
                      + " cannot be built on, its STATE is not at hand: "
                      + Reason.of(unreadable)));
      return false;
    }
  }

  private Room room() {
    var figures = scope.staging().map(area -> area.figures());
    var mode = scope.set().stagingUse().use().mode();
    var staging =
        figures.isPresent() ? OptionalLong.of(figures.get().capacity()) : OptionalLong.empty();
    long backlog =
        scope.catalog().images().waiting().stream().mapToLong(image -> image.storedBytes()).sum();
    return new Room(
        new StorageRoom(scope.storage()).declaredIfThere(scope), backlog, mode, staging);
  }

  private boolean isPlanned() {
    return !scope.catalog().images().planned(scope.run()).isEmpty();
  }

  private Today today() {
    return Today.at(now(), scope.request().declarations().project().settings().timezone());
  }

  /// Whole milliseconds, as the catalog keeps them.
  private Instant now() {
    return Instant.now(scope.request().clock()).truncatedTo(ChronoUnit.MILLIS);
  }
}
