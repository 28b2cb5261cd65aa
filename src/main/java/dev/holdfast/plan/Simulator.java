package dev.holdfast.plan;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.Night;
import dev.holdfast.model.Route;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.StagingUse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Replays the calendar with the real planner: each day is planned, and what was planned becomes
/// the history of the next. Sizes follow the model of `SimulatedSource`; every dump succeeds. Used
/// by one thread.
public final class Simulator {
  private final Scenario scenario;
  private final Consumer<Plan> watcher;
  private final Map<SourceName, SimulatedSource> sources = new LinkedHashMap<>();
  private final Map<SourceName, History> histories = new HashMap<>();
  private final Map<SourceName, Instant> waiting = new HashMap<>();
  private final KeptBytes kept;

  private Simulator(Scenario scenario, Consumer<Plan> watcher) {
    this.scenario = scenario;
    this.watcher = watcher;
    this.kept = new KeptBytes(scenario.days(), scenario.rules().retentionDays());
    for (var source : scenario.sources()) {
      sources.put(source.name(), source);
      histories.put(source.name(), source.history());
      kept.begin(source.history(), scenario.first());
    }
  }

  public static Forecast simulate(Scenario scenario) {
    return simulate(scenario, _ -> {});
  }

  /// The same, watched.
  ///
  /// @param watcher sees the plan of every run, in order
  public static Forecast simulate(Scenario scenario, Consumer<Plan> watcher) {
    return new Simulator(scenario, watcher).simulate();
  }

  private Forecast simulate() {
    var nights = new ArrayList<Night>();
    for (int day = 0; day < scenario.days(); day++) {
      nights.add(night(day));
    }
    return Forecast.of(nights, scenario.capacities().volume());
  }

  private Night night(int day) {
    var today = new Today(scenario.first().date().plusDays(day), scenario.first().zone());
    var run = scenario.calendar().apply(today.date());
    if (run.rule() == DayRule.NONE) {
      return new Night(
          today.date(), 0, 0, 0, 0, 0, 0, kept.after(day), Duration.ZERO, Duration.ZERO);
    }
    var plan = Planner.plan(input(today, day, run.rule()));
    watcher.accept(plan);
    plan.dumps().forEach(dump -> record(dump, today, day));
    var now = instant(today);
    plan.leftOut().stream()
        .filter(out -> histories.getOrDefault(out.source(), History.none()).images().isEmpty())
        .forEach(out -> waiting.putIfAbsent(out.source(), now));
    return night(plan, today, day, run);
  }

  private Night night(Plan plan, Today today, int day, Scenario.RunDay run) {
    var length = new RunLength(scenario.capacities(), this::hostOf).of(plan.dumps());
    int fulls = (int) plan.dumps().stream().filter(dump -> dump.choice().level().isFull()).count();
    return new Night(
        today.date(),
        fulls,
        plan.dumps().size() - fulls,
        (int)
            plan.decisions().stream()
                .filter(decision -> decision.kind() == Decision.Kind.DELAY)
                .count(),
        (int) plan.leftOut().stream().filter(out -> !out.wanted()).count(),
        plan.cost(),
        plan.dumps().stream()
            .filter(dump -> dump.route() == Route.STAGING)
            .mapToLong(dump -> dump.choice().estimate().cost())
            .sum(),
        kept.after(day),
        length,
        run.window()
            .map(window -> length.minus(window))
            .filter(over -> !over.isNegative())
            .orElse(Duration.ZERO));
  }

  private String hostOf(SourceName source) {
    return of(source).terms().host();
  }

  private PlanInput input(Today today, int day, DayRule rule) {
    var limits = scenario.capacities();
    var room = new Room(limits.perRun(), 0, StagingUse.Mode.AUTO, limits.staging());
    return new PlanInput(
        today,
        scenario.rules(),
        room,
        sources.values().stream().map(source -> input(source, today, day, rule)).toList());
  }

  private SourceInput input(SimulatedSource source, Today today, int day, DayRule rule) {
    var asked =
        new SourceInput(
            source.name(),
            source.terms(),
            historyOf(source.name()),
            Optional.ofNullable(waiting.get(source.name())),
            Map.of(),
            new SourceInput.Wishes(new LevelWish.Auto(), Optional.empty(), rule));
    var estimates = new HashMap<Level, LevelEstimate>();
    for (var level : new EstimatePlanner(scenario.rules(), today).levels(asked)) {
      estimates.put(level, estimate(source, level, today, day));
    }
    return asked.with(estimates);
  }

  private LevelEstimate estimate(SimulatedSource source, Level level, Today today, int day) {
    double growth = scenario.growth(day);
    var parent = historyOf(source.name()).parentFor(level);
    long raw =
        parent
            .map(image -> source.incremental(growth, today.daysSince(image.at())))
            .orElseGet(() -> source.full(growth));
    return new LevelEstimate(
        new Estimate(raw, Estimate.Method.HISTORY), Math.round(raw * source.ratio()));
  }

  private void record(DumpPlan dump, Today today, int day) {
    var choice = dump.choice();
    var image =
        new PastImage(
            new ImageId(dump.source() + "-" + today.date()),
            choice.level(),
            instant(today),
            choice.estimate().raw().bytes(),
            choice.estimate().storedBytes(),
            Optional.of(dump.expected()).filter(took -> !took.isZero()));
    var images = new ArrayList<PastImage>();
    images.add(image);
    images.addAll(needed(historyOf(dump.source()).images()));
    histories.put(dump.source(), new History(images));
    kept.add(image, choice.parent(), day);
  }

  /// Everything back to the last full but one; older images decide nothing more.
  private static List<PastImage> needed(List<PastImage> images) {
    var needed = new ArrayList<PastImage>();
    int fulls = 0;
    for (var image : images) {
      needed.add(image);
      fulls += image.level().isFull() ? 1 : 0;
      if (fulls == 2) {
        return needed;
      }
    }
    return needed;
  }

  private Instant instant(Today today) {
    return today.date().atTime(LocalTime.NOON).atZone(today.zone()).toInstant();
  }

  private History historyOf(SourceName source) {
    return histories.getOrDefault(source, History.none());
  }

  private SimulatedSource of(SourceName source) {
    return Optional.ofNullable(sources.get(source)).orElseThrow();
  }
}
