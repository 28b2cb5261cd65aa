package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Priority;
import dev.holdfast.model.declared.StagingUse;
import dev.holdfast.model.declared.Strategy;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/// What holds for every plan, whatever the past. Sources are drawn from the seed, so that a failure
/// is repeated by its two numbers.
class PlannerPropertyTests {
  private static final int LONGEST_CYCLE = 5;

  @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED)
  void aPlanIsCompleteWithinItsRoomAndTheSameInAnyOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int count) {
    var random = new Random(seed);
    var sources = sources(random, count);
    var room = room(random);
    var input = new PlanInput(Past.TODAY, PlanRules.usual(), room, sources);

    var plan = Planner.plan(input);

    assertThat(names(plan)).isEqualTo(sources.stream().map(SourceInput::name).sorted().toList());
    room.forDumps().ifPresent(limit -> assertThat(plan.cost()).isLessThanOrEqualTo(limit));
    plan.dumps().forEach(dump -> buildsOnALowerLevel(dump, sources));
    var shuffled = new ArrayList<>(sources);
    Collections.shuffle(shuffled, random);
    assertThat(Planner.plan(new PlanInput(Past.TODAY, PlanRules.usual(), room, shuffled)))
        .isEqualTo(plan);
  }

  private static List<SourceName> names(Plan plan) {
    return Stream.concat(
            plan.dumps().stream().map(DumpPlan::source),
            plan.leftOut().stream().map(LeftOut::source))
        .sorted()
        .toList();
  }

  private static void buildsOnALowerLevel(DumpPlan dump, List<SourceInput> sources) {
    var history =
        sources.stream()
            .filter(source -> source.name().equals(dump.source()))
            .findFirst()
            .orElseThrow()
            .history();
    var parent =
        dump.choice()
            .parent()
            .map(
                id ->
                    history.images().stream()
                        .filter(image -> image.id().equals(id))
                        .findFirst()
                        .orElseThrow());
    assertThat(parent.map(image -> image.level().compareTo(dump.choice().level()) < 0).orElse(true))
        .isTrue();
    assertThat(parent.isEmpty()).isEqualTo(dump.choice().level().isFull());
  }

  @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED)
  void whatIsPutOffReallyDoesNotFitAndWhatCameBackIsThere(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int count) {
    var random = new Random(seed);
    var room =
        new Room(
            OptionalLong.of(random.nextInt(1, 400) * Past.MIB),
            0,
            StagingUse.Mode.AUTO,
            OptionalLong.empty());
    var plan =
        Planner.plan(new PlanInput(Past.TODAY, PlanRules.usual(), room, sources(random, count)));
    var costs =
        plan.dumps().stream()
            .collect(Collectors.toMap(DumpPlan::source, dump -> dump.choice().estimate().cost()));

    for (var decision : plan.decisions()) {
      long now = costs.getOrDefault(decision.source(), 0L);
      long without = plan.cost() - now;
      long needs = decision.numbers().getOrDefault("needs", 0L);
      switch (decision.kind()) {
        case DELAY, DROP, DEGRADE ->
            assertThat(without + needs).isGreaterThan(room.forDumps().orElseThrow());
        case REINSTATE -> assertThat(costs).containsKey(decision.source());
        case PROMOTE, NEW, EXPIRES -> {}
      }
    }
    assertThat(plan.leftOut())
        .filteredOn(out -> !out.wanted() && !out.reason().contains("estimate"))
        .allSatisfy(
            out ->
                assertThat(plan.decisions())
                    .anyMatch(
                        decision ->
                            decision.source().equals(out.source())
                                && decision.kind() == Decision.Kind.DROP));
  }

  @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED)
  void everySourceGetsItsFullInTimeOrThePlanSaysWhyNot(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int count) {
    var random = new Random(seed);
    var simulated = IntStream.range(0, count).mapToObj(i -> simulated(random, i)).toList();
    long largest =
        simulated.stream().mapToLong(SimulatedSource::fullBytes).max().orElseThrow()
            + LevelEstimate.IMAGE_OVERHEAD;
    var limit =
        random.nextBoolean()
            ? OptionalLong.empty()
            : OptionalLong.of(largest + random.nextInt(200) * Past.MIB);
    var watch = new FullWatch(simulated, limit);

    Simulator.simulate(
        new Scenario(
            Past.TODAY,
            2 * LONGEST_CYCLE + 8,
            PlanRules.usual(),
            new Scenario.Capacities(limit, OptionalLong.empty(), OptionalLong.empty(), 10, 1),
            0,
            day -> List.of(Scenario.Run.daily(day, ZoneOffset.UTC)),
            simulated),
        watch::see);
  }

  /// Counts the nights since each source's last full, and whether a plan said why there is none.
  private static final class FullWatch {
    private final List<SimulatedSource> sources;
    private final OptionalLong limit;
    private final Map<SourceName, Integer> since = new HashMap<>();
    private final Map<SourceName, Boolean> told = new HashMap<>();

    FullWatch(List<SimulatedSource> sources, OptionalLong limit) {
      this.sources = sources;
      this.limit = limit;
      sources.forEach(source -> since.put(source.name(), 0));
    }

    void see(Plan plan) {
      if (plan.cost() > limit.orElse(Long.MAX_VALUE)) {
        fail("%s bytes planned with room for %s", plan.cost(), limit);
      }
      plan.decisions().stream()
          .filter(
              decision ->
                  decision.kind() == Decision.Kind.DELAY || decision.kind() == Decision.Kind.DROP)
          .forEach(decision -> told.put(decision.source(), true));
      since.replaceAll((_, nights) -> nights + 1);
      plan.dumps().stream()
          .filter(dump -> dump.choice().level().isFull())
          .forEach(
              dump -> {
                since.put(dump.source(), 0);
                told.remove(dump.source());
              });
      sources.forEach(this::check);
    }

    private void check(SimulatedSource source) {
      int nights = since.getOrDefault(source.name(), 0);
      int cycle = source.terms().cycleDays();
      if (!told.containsKey(source.name()) && nights >= cycle) {
        fail("%s has no full for %s nights, and no plan said why", source, nights);
      }
      if (nights > cycle + sources.size() + 3) {
        fail("%s waits %s nights for its turn among %s", source, nights, sources.size());
      }
    }
  }

  private static SimulatedSource simulated(Random random, int index) {
    return new SimulatedSource(
        new SourceName("s" + index),
        new SourceInput.Terms(
            "host" + random.nextInt(3),
            oneOf(random, Priority.values()),
            Strategy.STANDARD,
            random.nextInt(1, LONGEST_CYCLE + 1)),
        random.nextInt(1, 200) * Past.MIB,
        random.nextDouble() / 2,
        1,
        History.none());
  }

  private static Room room(Random random) {
    var limit =
        random.nextInt(3) == 0
            ? OptionalLong.empty()
            : OptionalLong.of(random.nextInt(0, 800) * Past.MIB);
    return new Room(
        limit,
        random.nextInt(100) * Past.MIB,
        oneOf(random, StagingUse.Mode.values()),
        OptionalLong.of(random.nextInt(1, 300) * Past.MIB));
  }

  private static List<SourceInput> sources(Random random, int count) {
    return IntStream.range(0, count).mapToObj(i -> source(random, "s" + i)).toList();
  }

  private static SourceInput source(Random random, String name) {
    var terms =
        new SourceInput.Terms(
            "host" + random.nextInt(3),
            oneOf(random, Priority.values()),
            oneOf(random, Strategy.values()),
            random.nextInt(1, 10));
    var wishes =
        new SourceInput.Wishes(
            wish(random),
            random.nextInt(4) == 0
                ? Optional.of(oneOf(random, OneShot.values()))
                : Optional.empty());
    var asked =
        new SourceInput(
            new SourceName(name), terms, history(random, name), Optional.empty(), Map.of(), wishes);
    var estimates = new HashMap<Level, LevelEstimate>();
    for (var level : new EstimatePlanner(PlanRules.usual(), Past.TODAY).levels(asked)) {
      if (random.nextInt(8) > 0) {
        estimates.put(level, estimate(random, level));
      }
    }
    return asked.with(estimates);
  }

  private static LevelWish wish(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new LevelWish.Incremental();
      case 1 -> new LevelWish.Exactly(Level.of(random.nextInt(10)));
      case 2, 3, 4 -> new LevelWish.OnDay(oneOf(random, DayRule.values()));
      default -> new LevelWish.Auto();
    };
  }

  private static History history(Random random, String name) {
    var images = new ArrayList<PastImage>();
    int days = random.nextInt(15);
    for (int i = 0; i < days; i++) {
      int level = i == days - 1 ? 0 : random.nextInt(4);
      images.add(
          new PastImage(
              new ImageId(name + "-" + i),
              Level.of(level),
              Past.NOW.minus(i + 1L, ChronoUnit.DAYS),
              random.nextInt(1, 200) * Past.MIB));
    }
    return new History(images);
  }

  private static LevelEstimate estimate(Random random, Level level) {
    long raw = random.nextInt(0, level.isFull() ? 300 : 100) * Past.MIB;
    return new LevelEstimate(
        new Estimate(raw, oneOf(random, Estimate.Method.values())),
        Math.round(raw * random.nextDouble()));
  }

  private static <T> T oneOf(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
