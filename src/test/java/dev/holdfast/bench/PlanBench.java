package dev.holdfast.bench;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Priority;
import dev.holdfast.model.declared.StagingUse;
import dev.holdfast.model.declared.Strategy;
import dev.holdfast.plan.History;
import dev.holdfast.plan.LevelEstimate;
import dev.holdfast.plan.PastImage;
import dev.holdfast.plan.PlanInput;
import dev.holdfast.plan.PlanRules;
import dev.holdfast.plan.Planner;
import dev.holdfast.plan.Room;
import dev.holdfast.plan.Scenario;
import dev.holdfast.plan.SimulatedSource;
import dev.holdfast.plan.Simulator;
import dev.holdfast.plan.SourceInput;
import dev.holdfast.plan.Today;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;

/// How long the planner takes: 10,000 sources once, in the worst case of a night that must spread a
/// whole cycle and has too little room, and 1,000 sources over a year.
final class PlanBench {
  private static final Today TODAY = new Today(LocalDate.of(2026, 11, 25), ZoneOffset.UTC);
  private static final Instant NOW = Instant.parse("2026-11-25T21:00:00Z");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int MANY = 10_000;
  private static final int SIMULATED = 1_000;
  private static final int YEAR = 365;
  private static final int ROUNDS = 3;
  private static final int HOSTS = 500;

  private PlanBench() {}

  public static void main(String[] arguments) {
    for (int round = 0; round < ROUNDS; round++) {
      time("plan, fulls of one day on one host", () -> plan(1, 1, Room.unlimited()));
      time("plan, fulls of one day on 10,000 hosts", () -> plan(MANY, 1, Room.unlimited()));
      time("plan, all due and room for half", () -> plan(HOSTS, 9, half()));
    }
    time("simulate 1,000 sources for 365 days", PlanBench::simulate);
  }

  private static void time(String what, Runnable work) {
    long start = System.nanoTime();
    long cpu = THREADS.getCurrentThreadCpuTime();
    work.run();
    System.out.printf(
        "%s: %d ms, of these %d ms of processor time%n",
        what,
        (System.nanoTime() - start) / 1_000_000,
        (THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000);
  }

  private static Room half() {
    return new Room(
        OptionalLong.of(MANY * (500L << 20)), 0, StagingUse.Mode.AUTO, OptionalLong.empty());
  }

  private static void plan(int hosts, int fullDaysAgo, Room room) {
    var random = new Random(1);
    var sources =
        IntStream.range(0, MANY).mapToObj(i -> source(random, i, hosts, fullDaysAgo)).toList();
    Planner.plan(new PlanInput(TODAY, PlanRules.usual(), room, sources));
  }

  private static SourceInput source(Random random, int number, int hosts, int fullDaysAgo) {
    var name = "source" + number;
    long full = random.nextLong(1L << 20, 2L << 30);
    var history =
        new History(
            List.of(
                new PastImage(
                    new ImageId(name), Level.FULL, NOW.minus(fullDaysAgo, ChronoUnit.DAYS), full)));
    return new SourceInput(
        new SourceName(name),
        terms(number % hosts),
        history,
        Optional.empty(),
        Map.of(Level.FULL, estimate(full), Level.of(1), estimate(full / 20)),
        SourceInput.Wishes.none());
  }

  private static SourceInput.Terms terms(int host) {
    return new SourceInput.Terms("host" + host, Priority.MEDIUM, Strategy.STANDARD, 7);
  }

  private static LevelEstimate estimate(long bytes) {
    return new LevelEstimate(new Estimate(bytes, Estimate.Method.CLIENT), bytes / 2);
  }

  private static void simulate() {
    var random = new Random(2);
    var sources =
        IntStream.range(0, SIMULATED)
            .mapToObj(
                i ->
                    new SimulatedSource(
                        new SourceName("source" + i),
                        terms(i % HOSTS),
                        random.nextLong(1L << 20, 2L << 30),
                        random.nextDouble() / 10,
                        0.5,
                        History.none()))
            .toList();
    var forecast =
        Simulator.simulate(
            new Scenario(
                TODAY,
                YEAR,
                PlanRules.usual(),
                Scenario.Capacities.unlimited(),
                0.01,
                day -> List.of(Scenario.Run.daily(day, ZoneOffset.UTC)),
                sources));
    System.out.println(forecast.nights().getLast() + ", volumes " + forecast.volumes());
  }
}
