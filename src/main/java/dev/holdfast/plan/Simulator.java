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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Replays the calendar with the real planner: each run is planned, and what was planned becomes
/// the history of the next. Sizes follow the model of `SimulatedSource`; every dump succeeds. Used
/// by one thread.
public final class Simulator {
  private static final double MINUTES_PER_DAY = 24 * 60;

  private final Scenario scenario;
  private final Consumer<Plan> watcher;
  private final Map<SourceName, SimulatedSource> sources = new LinkedHashMap<>();
  private final Map<SourceName, History> histories = new HashMap<>();
  private final Map<SourceName, Instant> waiting = new HashMap<>();
  private final KeptBytes kept;
  private long images;

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
    var date = scenario.first().date().plusDays(day);
    var night = Night.quiet(date, kept.after(day));
    for (var run : scenario.calendar().apply(date)) {
      night = night.and(night(run, date, day));
    }
    return night;
  }

  private Night night(Scenario.Run run, LocalDate date, int day) {
    var plan = Planner.plan(input(run, day));
    watcher.accept(plan);
    plan.dumps().forEach(dump -> record(dump, run, day));
    plan.leftOut().stream()
        .filter(out -> historyOf(out.source()).images().isEmpty())
        .forEach(out -> waiting.putIfAbsent(out.source(), run.at()));
    var length = new RunLength(scenario.capacities(), this::hostOf).of(plan.dumps());
    int fulls = (int) plan.dumps().stream().filter(dump -> dump.choice().level().isFull()).count();
    return new Night(
        date,
        fulls,
        plan.dumps().size() - fulls,
        delayed(plan),
        (int) plan.leftOut().stream().filter(out -> !out.wanted()).count(),
        plan.cost(),
        staged(plan),
        kept.after(day),
        length,
        overrun(run, length));
  }

  private static int delayed(Plan plan) {
    return (int)
        plan.decisions().stream()
            .filter(decision -> decision.kind() == Decision.Kind.DELAY)
            .count();
  }

  private static long staged(Plan plan) {
    return plan.dumps().stream()
        .filter(dump -> dump.route() == Route.STAGING)
        .mapToLong(dump -> dump.choice().estimate().cost())
        .sum();
  }

  private static Duration overrun(Scenario.Run run, Duration length) {
    return run.window()
        .map(window -> length.minus(window))
        .filter(over -> !over.isNegative())
        .orElse(Duration.ZERO);
  }

  private String hostOf(SourceName source) {
    return of(source).terms().host();
  }

  private PlanInput input(Scenario.Run run, int day) {
    var today = Today.at(run.at(), scenario.first().zone());
    var limits = scenario.capacities();
    var room = new Room(limits.perRun(), 0, StagingUse.Mode.AUTO, limits.staging());
    return new PlanInput(
        today,
        scenario.rules(),
        room,
        sources.values().stream().map(source -> input(source, run, day)).toList());
  }

  private SourceInput input(SimulatedSource source, Scenario.Run run, int day) {
    var today = Today.at(run.at(), scenario.first().zone());
    var asked =
        new SourceInput(
            source.name(),
            source.terms(),
            historyOf(source.name()),
            Optional.ofNullable(waiting.get(source.name())),
            Map.of(),
            new SourceInput.Wishes(run.level(), Optional.empty()));
    var estimates = new HashMap<Level, LevelEstimate>();
    for (var level : new EstimatePlanner(scenario.rules(), today).levels(asked)) {
      estimates.put(level, estimate(source, level, run, day));
    }
    return asked.with(estimates);
  }

  private LevelEstimate estimate(SimulatedSource source, Level level, Scenario.Run run, int day) {
    double growth = scenario.growth(day);
    var parent = historyOf(source.name()).parentFor(level);
    long raw =
        parent
            .map(image -> source.incremental(growth, days(image.at(), run.at())))
            .orElseGet(() -> source.full(growth));
    return new LevelEstimate(
        new Estimate(raw, Estimate.Method.HISTORY), Math.round(raw * source.ratio()));
  }

  /// Whole days of the calendar, so that a clock change or a minute more changes no figure; parts
  /// of one between the runs of a day.
  private double days(Instant from, Instant to) {
    int days = Today.at(to, scenario.first().zone()).daysSince(from);
    return days > 0 ? days : Math.max(0, Duration.between(from, to).toMinutes()) / MINUTES_PER_DAY;
  }

  private void record(DumpPlan dump, Scenario.Run run, int day) {
    var choice = dump.choice();
    var image =
        new PastImage(
            new ImageId(dump.source() + "-" + ++images),
            choice.level(),
            run.at(),
            choice.estimate().raw().bytes(),
            choice.estimate().storedBytes(),
            Optional.of(dump.expected()).filter(took -> !took.isZero()));
    var known = new ArrayList<PastImage>();
    known.add(image);
    known.addAll(needed(historyOf(dump.source()).images()));
    histories.put(dump.source(), new History(known));
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

  private History historyOf(SourceName source) {
    return histories.getOrDefault(source, History.none());
  }

  private SimulatedSource of(SourceName source) {
    return Optional.ofNullable(sources.get(source)).orElseThrow();
  }
}
