package dev.holdfast.plan;

import static dev.holdfast.plan.Past.room;
import static dev.holdfast.plan.Past.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Goldens;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Estimate;
import dev.holdfast.model.Level;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.declared.Bump;
import dev.holdfast.model.declared.Priority;
import dev.holdfast.model.declared.StagingUse;
import dev.holdfast.model.declared.Strategy;
import dev.holdfast.model.declared.Threshold;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole plans of named situations.
class GoldenPlanTests {
  private static final Goldens GOLDENS = Goldens.of("plan");

  record Situation(String name, PlanRules rules, Room room, List<Past> sources) {
    static Situation of(String name, Past... sources) {
      return new Situation(name, PlanRules.usual(), Room.unlimited(), List.of(sources));
    }

    Situation in(Room other) {
      return new Situation(name, rules, other, sources);
    }

    Situation under(PlanRules other) {
      return new Situation(name, other, room, sources);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Situation> situations() {
    return Stream.of(levels(), orders(), rooms(), balances()).flatMap(stream -> stream);
  }

  private static Past week() {
    return source("www").image(0, 3, 100).estimate(0, 100).estimate(1, 10);
  }

  private static Past due() {
    return source("www").image(0, 7, 100).estimate(0, 100).estimate(1, 10);
  }

  private static Past climbing() {
    return source("www").image(0, 5, 1000).image(1, 4, 300).image(1, 3, 310);
  }

  private static Stream<Situation> levels() {
    return Stream.of(
        Situation.of("new-source", source("www").estimate(0, 100)),
        Situation.of("within-the-cycle", week()),
        Situation.of("full-due-today", due()),
        Situation.of(
            "full-overdue", source("www").image(0, 12, 100).estimate(0, 100).estimate(1, 10)),
        Situation.of(
            "bump-saves-enough", climbing().estimate(0, 1000).estimate(1, 320).estimate(2, 40)),
        Situation.of(
            "bump-saves-too-little",
            climbing().estimate(0, 1000).estimate(1, 320).estimate(2, 200)),
        Situation.of(
            "bump-too-early",
            source("www").image(0, 5, 1000).image(1, 1, 310).estimate(0, 1000).estimate(1, 320)),
        Situation.of(
            "bump-higher-levels-need-more",
            source("www")
                .image(0, 6, 1000)
                .image(1, 5, 500)
                .image(2, 4, 290)
                .image(2, 3, 290)
                .estimate(0, 1000)
                .estimate(2, 300)
                .estimate(3, 20)),
        Situation.of("highest-level-reached", climbing().estimate(0, 1000).estimate(1, 320))
            .under(new PlanRules(1, Bump.usual(), 7, 90)),
        Situation.of("no-incrementals-at-level-limit-0", week())
            .under(new PlanRules(0, Bump.usual(), 7, 90)),
        Situation.of("bump-by-size", climbing().estimate(0, 1000).estimate(1, 320).estimate(2, 305))
            .under(
                new PlanRules(
                    9, new Bump(new Threshold.Percent(0), new ByteSize(10L << 20), 2, 150), 7, 90)),
        Situation.of(
            "incremental-as-large-as-the-full",
            source("www").image(0, 3, 100).estimate(0, 100).estimate(1, 120)),
        Situation.of(
            "only-bounds-are-known",
            source("www")
                .image(0, 3, 100)
                .estimate(0, 500, Estimate.Method.USAGE)
                .estimate(1, 500, Estimate.Method.USAGE)),
        Situation.of("full-due-without-estimate", source("www").image(0, 8, 100).estimate(1, 10)),
        Situation.of("no-estimate-at-all", source("www").image(0, 8, 100)),
        Situation.of(
            "last-full-gets-old",
            source("www").image(0, 88, 100).estimate(1, 10).strategy(Strategy.INCRONLY)));
  }

  private static Stream<Situation> orders() {
    return Stream.of(
        Situation.of(
            "strategies",
            source("standard").image(0, 3, 100).estimate(0, 100).estimate(1, 10),
            source("nofull")
                .image(0, 30, 100)
                .image(1, 1, 60)
                .estimate(1, 60)
                .strategy(Strategy.NOFULL),
            source("noinc").image(0, 1, 100).estimate(0, 100).strategy(Strategy.NOINC),
            source("incronly")
                .image(0, 30, 100)
                .image(1, 2, 60)
                .image(1, 1, 60)
                .estimate(1, 60)
                .estimate(2, 5)
                .strategy(Strategy.INCRONLY),
            source("skip").image(0, 30, 100).strategy(Strategy.SKIP)),
        Situation.of("full-was-ordered", week().command(OneShot.FULL)),
        Situation.of("full-was-ordered-without-room", week().command(OneShot.FULL)).in(room(50)),
        Situation.of("full-after-estimate-timeout", week().command(OneShot.FULL_AFTER_TIMEOUT)),
        Situation.of(
            "level-was-asked-for",
            climbing().estimate(3, 5).wish(new LevelWish.Exactly(Level.of(3)))),
        Situation.of(
            "incremental-was-asked-for-without-full",
            source("www").estimate(0, 100).wish(new LevelWish.Incremental())),
        Situation.of("schedule-has-fulls-today", week().day(DayRule.FULL)),
        Situation.of("schedule-has-no-fulls-today", due().day(DayRule.INCREMENTAL)));
  }

  private static Stream<Situation> rooms() {
    return Stream.of(
        Situation.of(
                "least-overdue-full-is-put-off",
                source("late").image(0, 12, 100).estimate(0, 100).estimate(1, 10),
                source("just").image(0, 7, 100).estimate(0, 100).estimate(1, 10))
            .in(room(160)),
        Situation.of("staged-backlog-takes-room", due())
            .in(
                new Room(
                    OptionalLong.of(200 * Past.MIB),
                    150 * Past.MIB,
                    StagingUse.Mode.AUTO,
                    OptionalLong.empty())),
        Situation.of(
                "full-larger-than-the-storage",
                source("huge").image(0, 9, 900).estimate(0, 900).estimate(1, 10),
                source("small").image(0, 9, 20).estimate(0, 20).estimate(1, 1))
            .in(room(100)),
        Situation.of(
                "incrementals-are-left-out-last",
                source("due").image(0, 9, 90).estimate(0, 90).estimate(1, 50),
                source("high")
                    .image(0, 2, 90)
                    .estimate(0, 90)
                    .estimate(1, 8)
                    .priority(Priority.HIGH),
                source("low").image(0, 2, 90).estimate(0, 90).estimate(1, 8).priority(Priority.LOW))
            .in(room(99)),
        Situation.of(
                "what-fits-after-all-comes-back",
                source("a").image(0, 9, 100).estimate(0, 100).estimate(1, 1),
                source("b").image(0, 8, 90).estimate(0, 90).estimate(1, 1),
                source("c").image(0, 7, 20).estimate(0, 20).estimate(1, 1))
            .in(room(130)),
        Situation.of(
                "many-new-sources-at-once",
                source("new1").estimate(0, 100),
                source("new2").estimate(0, 100),
                source("new3").estimate(0, 100),
                source("old").image(0, 3, 100).estimate(0, 100).estimate(1, 10))
            .in(room(220)),
        Situation.of("straight-to-media", due())
            .in(
                new Room(
                    OptionalLong.empty(), 0, StagingUse.Mode.AUTO, OptionalLong.of(50 * Past.MIB))),
        Situation.of("staging-required-and-too-small", due())
            .in(
                new Room(
                    OptionalLong.empty(),
                    0,
                    StagingUse.Mode.REQUIRED,
                    OptionalLong.of(50 * Past.MIB))));
  }

  private static Stream<Situation> balances() {
    return Stream.of(
        Situation.of("fulls-of-one-day-are-spread", alike(7, "host")),
        Situation.of(
            "hosts-with-many-fulls-first",
            Stream.concat(
                    Stream.of(alike(4, "busy")),
                    IntStream.range(0, 3)
                        .mapToObj(
                            i ->
                                source("alone" + i)
                                    .image(0, 1, 100)
                                    .estimate(0, 100)
                                    .estimate(1, 1)
                                    .on("alone" + i)))
                .toArray(Past[]::new)),
        Situation.of(
            "an-even-night-is-left-alone",
            IntStream.range(0, 7)
                .mapToObj(i -> source("s" + i).image(0, i + 1, 100).estimate(0, 100).estimate(1, 1))
                .toArray(Past[]::new)),
        Situation.of(
            "cycles-of-different-length",
            source("daily").image(0, 1, 30).estimate(0, 30).estimate(1, 1).cycle(1),
            source("monthly1").image(0, 2, 300).estimate(0, 300).estimate(1, 1).cycle(30),
            source("monthly2").image(0, 2, 300).estimate(0, 300).estimate(1, 1).cycle(30),
            source("weekly").image(0, 2, 70).estimate(0, 70).estimate(1, 1)),
        Situation.of("no-early-full-without-room", alike(7, "host")).in(room(60)));
  }

  private static Past[] alike(int count, String host) {
    return IntStream.range(0, count)
        .mapToObj(i -> source("s" + i).image(0, 1, 100).estimate(0, 100).estimate(1, 1).on(host))
        .toArray(Past[]::new);
  }

  @ParameterizedTest
  @MethodSource("situations")
  void plansAsBefore(Situation situation) {
    var plan =
        Past.plan(situation.rules(), situation.room(), situation.sources().toArray(Past[]::new));

    GOLDENS.matches(situation.name() + ".txt", PlanText.of(plan));
    assertThat(plan.dumps().size() + plan.leftOut().size()).isEqualTo(situation.sources().size());
    situation
        .room()
        .forDumps()
        .ifPresent(limit -> assertThat(plan.cost()).isLessThanOrEqualTo(limit));
  }
}
