package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Source;
import dev.holdfast.plan.Forecast;
import dev.holdfast.plan.History;
import dev.holdfast.plan.PastImage;
import dev.holdfast.plan.Scenario;
import dev.holdfast.plan.SimulatedSource;
import dev.holdfast.plan.Simulator;
import dev.holdfast.plan.Today;
import dev.holdfast.source.driver.SourceDrivers;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;

/// Replays days to come with the real planner, over what the catalog knows of the sources. Changes
/// nothing. Used by one thread.
public final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Declarations declarations;
  private final BackupSet set;
  private final Assumptions assumptions;

  public Rehearsal(Declarations declarations, BackupSet set, Assumptions assumptions) {
    this.declarations = declarations;
    this.set = set;
    this.assumptions = assumptions;
  }

  /// What is taken for granted where nobody knows.
  ///
  /// @param growthPerMonth of all sources, 0.01 = one percent
  /// @param size of a full of a source without images; empty = what its file systems hold
  /// @param change share of a source that changes in a day, where no incremental tells
  public record Assumptions(
      int days, double growthPerMonth, Optional<ByteSize> size, double change) {}

  public Forecast simulate(Clock clock) throws IOException, InterruptedException {
    var state = SetState.of(declarations.state(), set.name());
    if (!Catalog.exists(state.catalog())) {
      return simulate(clock, PlanInputs.of(declarations, set, Optional.empty()));
    }
    try (var catalog = Catalog.openToRead(state.catalog(), PATIENCE)) {
      return simulate(clock, PlanInputs.of(declarations, set, Optional.of(catalog)));
    }
  }

  private Forecast simulate(Clock clock, PlanInputs inputs) throws IOException {
    var first = Today.at(Instant.now(clock), declarations.project().settings().timezone());
    var sources = new ArrayList<SimulatedSource>();
    for (var source : set.sources()) {
      sources.add(simulated(source, inputs));
    }
    return Simulator.simulate(
        new Scenario(
            first,
            assumptions.days(),
            inputs.rules(),
            capacities(),
            assumptions.growthPerMonth(),
            new RunsToCome(declarations, set, Instant.now(clock))::on,
            sources));
  }

  private SimulatedSource simulated(Source source, PlanInputs inputs) throws IOException {
    var history = inputs.history(source.name());
    var full = history.newestFull();
    return new SimulatedSource(
        source.name(),
        inputs.terms(source),
        full.isPresent() ? full.get().rawBytes() : size(source),
        change(history),
        full.filter(image -> image.rawBytes() > 0)
            .map(image -> (double) image.storedBytes() / image.rawBytes())
            .orElse(1.0),
        history);
  }

  private long size(Source source) throws IOException {
    return assumptions.size().isPresent()
        ? assumptions.size().get().bytes()
        : SourceDrivers.of(new SourceKey(set.name(), source.name()), source.spec()).bound().bytes();
  }

  /// Of the newest incremental, as if the same share had changed on each day since its parent.
  private double change(History history) {
    return history.images().stream()
        .filter(image -> !image.level().isFull())
        .findFirst()
        .flatMap(image -> change(image, history))
        .orElse(assumptions.change());
  }

  private static Optional<Double> change(PastImage image, History history) {
    var parent =
        history.images().stream()
            .filter(other -> other.at().isBefore(image.at()))
            .filter(other -> other.level().compareTo(image.level()) < 0)
            .findFirst();
    var full = history.newestFull();
    if (parent.isEmpty() || full.isEmpty() || full.get().rawBytes() == 0) {
      return Optional.empty();
    }
    double days = Math.max(1, ChronoUnit.HOURS.between(parent.get().at(), image.at()) / 24.0);
    double share = Math.min(1, (double) image.rawBytes() / full.get().rawBytes());
    return Optional.of(1 - Math.pow(1 - share, 1 / days));
  }

  private Scenario.Capacities capacities() {
    return new Scenario.Capacities(
        OptionalLong.empty(),
        volumeSize(),
        set.staging()
            .flatMap(staging -> staging.sizeLimit())
            .map(size -> OptionalLong.of(size.bytes()))
            .orElseGet(OptionalLong::empty),
        set.how().serverParallel(),
        set.how().clientParallel());
  }

  private OptionalLong volumeSize() {
    return set.storage().spec() instanceof Disk disk && disk.volumeSize().isPresent()
        ? OptionalLong.of(disk.volumeSize().get().bytes())
        : OptionalLong.empty();
  }
}
