package dev.holdfast.job;

import dev.holdfast.catalog.ImageRow;
import dev.holdfast.image.Digests;
import dev.holdfast.image.FileKind;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Estimate;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.RunPlan;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.How;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.StagingUse;
import dev.holdfast.plan.History;
import dev.holdfast.plan.LevelDecision;
import dev.holdfast.plan.LevelPolicy;
import dev.holdfast.plan.PastImage;
import dev.holdfast.plan.RoutePolicy;
import dev.holdfast.report.RunEvent;
import dev.holdfast.source.EstimateRequest;
import dev.holdfast.source.Readiness;
import dev.holdfast.source.SourceDriver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Gatherers;

/// Asks history and sources what the pure policies need to know, and stores what they decide.
final class Planning {
  private final RunScope scope;
  private final Ids ids;
  private final Map<SourceName, Prospect> prospects = new ConcurrentHashMap<>();

  Planning(RunScope scope, Ids ids) {
    this.scope = scope;
    this.ids = ids;
  }

  /// What is known of a source before the plan.
  private sealed interface Prospect {
    record Ready(LevelDecision decision, Estimate estimate) implements Prospect {}

    record NotReady(Problem problem) implements Prospect {}
  }

  /// A source with its prospect, on their way through the parallel estimates.
  private record Asked(SourceName source, Prospect prospect) {}

  /// What a plan depends on: a run is only continued while this is the same.
  static Digest fingerprint(RunRequest request) {
    var text = request.set().fingerprint() + " " + request.level() + " " + request.only();
    return Digests.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// All sources at once, as many as may be dumped at once.
  void estimate() {
    if (!scope.catalog().images().planned(scope.run()).isEmpty()) {
      return;
    }
    scope.sources().stream()
        .gather(
            Gatherers.mapConcurrent(
                scope.set().how().serverParallel(),
                source -> new Asked(source.name(), ask(source))))
        .forEach(asked -> prospects.put(asked.source(), asked.prospect()));
  }

  /// Stores the plan; a plan that is stored already stays.
  ///
  /// @param leftOut told why a source is left out, before the plan without it is stored: a run that
  ///     is continued asks no source again
  /// @throws InterruptedException when a signal kept sources from being asked
  void plan(BiConsumer<SourceName, Problem> leftOut) throws InterruptedException {
    if (!scope.catalog().images().planned(scope.run()).isEmpty()) {
      return;
    }
    if (prospects.isEmpty()) {
      estimate();
    }
    scope.stop().check();
    var dumps = new ArrayList<PlannedDump>();
    for (var source : scope.sources()) {
      switch (prospects.get(source.name())) {
        case Prospect.Ready ready -> dumps.add(planned(source.name(), ready));
        case Prospect.NotReady(var problem) -> leftOut.accept(source.name(), problem);
        case null -> throw new IllegalStateException("nobody asked " + source.name());
      }
    }
    store(new RunPlan(scope.run(), scope.set().name(), now(), dumps, fingerprint(scope.request())));
  }

  private void store(RunPlan plan) {
    scope.catalog().images().plan(plan);
    CrashPoint.PLAN_SAVED.reached();
    for (var dump : plan.dumps()) {
      scope
          .catalog()
          .runs()
          .decide(
              plan.run(),
              dump.source().source().value(),
              "level " + dump.level() + " by " + dump.route(),
              dump.reason()
                  + ", about "
                  + dump.estimate().bytes()
                  + " bytes by "
                  + dump.estimate().method());
    }
  }

  private PlannedDump planned(SourceName source, Prospect.Ready ready) {
    return new PlannedDump(
        ids.image(),
        scope.key(source),
        ready.decision().level(),
        ready.decision().parent(),
        ready.estimate(),
        routes().choose(ready.estimate()),
        ready.decision().reason());
  }

  /// Where staging is required no image is too large for it: one that is fails when it is dumped.
  private RoutePolicy routes() {
    boolean required = scope.set().stagingUse().use().mode() == StagingUse.Mode.REQUIRED;
    return new RoutePolicy(
        scope.staging().isPresent(),
        scope.staging().isEmpty() || required
            ? OptionalLong.empty()
            : scope.staging().get().figures().limit());
  }

  private Prospect ask(Source source) {
    try {
      return scope.stop().untilStopped(() -> asked(source));
    } catch (IOException failed) {
      return new Prospect.NotReady(
          new Problem(
              "source " + scope.key(source.name()),
              "cannot be estimated: " + Reason.of(failed),
              "see that its paths are readable, then run again"));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Prospect.NotReady(
          new Problem(
              "source " + scope.key(source.name()), "was not asked, the run was stopped", ""));
    }
  }

  private How.Timeouts timeouts() {
    return scope.set().how().timeouts();
  }

  private Prospect asked(Source source) throws IOException, InterruptedException {
    var driver = scope.driver(source.name());
    var reached =
        new Reach("source " + scope.key(source.name()), timeouts().verify()).ask(driver::probe);
    if (reached instanceof Readiness.NotReady(var problem)) {
      return new Prospect.NotReady(problem);
    }
    var history = history(source.name());
    var decision = policy().choose(scope.request().level(), history, now());
    var estimate = history.estimate(decision.level());
    return new Prospect.Ready(
        decision, estimate.isPresent() ? estimate.get() : estimate(driver, decision));
  }

  /// A bound that fits is good enough and costs nothing; else the program itself is asked.
  private Estimate estimate(SourceDriver driver, LevelDecision decision)
      throws IOException, InterruptedException {
    var bound = driver.bound();
    if (scope.staging().isEmpty() || fits(bound)) {
      return bound;
    }
    var base = Files.createTempFile(scope.state().work(), "estimate", ".base");
    try {
      return driver.measure(
          new EstimateRequest(unpacked(decision, base), scope.state().work()),
          timeouts().estimate());
    } finally {
      Files.deleteIfExists(base);
    }
  }

  /// Several sources of one file system all have its bound: only a small one is promised to each.
  private boolean fits(Estimate bound) {
    var figures = scope.staging().orElseThrow().figures();
    long room = Math.min(figures.limit().orElse(Long.MAX_VALUE), figures.free());
    return bound.bytes() <= room / scope.sources().size();
  }

  private Optional<Path> unpacked(LevelDecision decision, Path base) throws IOException {
    if (decision.parent().isEmpty()) {
      return Optional.empty();
    }
    var parent = scope.catalog().images().find(decision.parent().get()).orElseThrow();
    States.unpack(scope.readers().files(parent.manifest().orElseThrow()), base);
    return Optional.of(base);
  }

  /// The images that a next one can build on: whole with their chain, and with their STATE at hand.
  private History history(SourceName source) {
    return new History(
        scope.catalog().images().of(source).stream()
            .filter(ImageRow::exists)
            .filter(row -> !scope.catalog().images().chain(row.planned().image()).isEmpty())
            .filter(this::hasState)
            .map(Planning::past)
            .toList());
  }

  private boolean hasState(ImageRow row) {
    ImageId image = row.planned().image();
    if (scope.sidecars().has(image, FileKind.STATE)) {
      return true;
    }
    var probe = scope.state().work(image, "probe");
    try {
      States.unpack(scope.readers().files(row.manifest().orElseThrow()), probe);
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

  private static PastImage past(ImageRow row) {
    return new PastImage(
        row.planned().image(),
        row.planned().level(),
        row.createdAt(),
        row.manifest().orElseThrow().stream().rawBytes(),
        row.manifest().orElseThrow().stream().storedBytes(),
        Optional.empty());
  }

  private LevelPolicy policy() {
    return new LevelPolicy(
        scope.set().media().cycleDays(),
        scope.request().declarations().project().settings().timezone());
  }

  /// Whole milliseconds, as the catalog keeps them.
  private Instant now() {
    return Instant.now(scope.request().clock()).truncatedTo(ChronoUnit.MILLIS);
  }
}
