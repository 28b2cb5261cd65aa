package dev.holdfast.plan;

import static dev.holdfast.plan.Past.plan;
import static dev.holdfast.plan.Past.room;
import static dev.holdfast.plan.Past.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.Level;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.Route;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.StagingUse;
import dev.holdfast.model.declared.Strategy;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTests {

  static Stream<Arguments> choosesTheLevelAndSaysWhy() {
    return Stream.of(
        argumentSet(
            "a new source gets a full, and is called new",
            source("a").estimate(0, 100),
            "0 STAGING: there is no full to build on"),
        argumentSet(
            "within the cycle it is level 1",
            source("a").image(0, 3, 100).estimate(0, 100).estimate(1, 5),
            "1 STAGING: the last full is 3 of 7 days old"),
        argumentSet(
            "the full is due on the last day of the cycle",
            source("a").image(0, 7, 100).estimate(0, 100).estimate(1, 5),
            "0 STAGING: the last full is 7 days old, the cycle is 7"),
        argumentSet(
            "a source bumps when the next level saves more than the threshold",
            source("a")
                .image(0, 4, 100)
                .image(1, 3, 40)
                .image(1, 2, 40)
                .estimate(0, 100)
                .estimate(1, 45)
                .estimate(2, 10),
            "2 STAGING: the last full is 4 of 7 days old, bumped: level 2 saves 35.0 MiB of 45.0 MiB,"
                + " at least 20.0 MiB is asked for"),
        argumentSet(
            "it stays when the next level saves less",
            source("a")
                .image(0, 4, 100)
                .image(1, 3, 40)
                .image(1, 2, 40)
                .estimate(0, 100)
                .estimate(1, 45)
                .estimate(2, 30),
            "1 STAGING: the last full is 4 of 7 days old"),
        argumentSet(
            "an upper bound is never a reason to bump",
            source("a")
                .image(0, 4, 100)
                .image(1, 3, 40)
                .image(1, 2, 40)
                .estimate(0, 100)
                .estimate(1, 95, Estimate.Method.USAGE)
                .estimate(2, 10),
            "1 STAGING: the last full is 4 of 7 days old"),
        argumentSet(
            "an incremental as large as the full is a full",
            source("a").image(0, 3, 100).estimate(0, 100).estimate(1, 100),
            "0 STAGING: the last full is 3 of 7 days old, its incremental of 100 MiB would be as large"
                + " as its full of 100 MiB"),
        argumentSet(
            "a full that is due without an estimate becomes an incremental",
            source("a").image(0, 9, 100).estimate(1, 5),
            "1 STAGING: the last full is 9 days old, the cycle is 7, but level 0 gave no estimate"),
        argumentSet(
            "a schedule without fulls today puts a due full off",
            source("a").image(0, 9, 100).estimate(1, 5).day(DayRule.INCREMENTAL),
            "1 STAGING: the last full is 9 days old, the cycle is 7, but the schedule has no fulls"
                + " today"),
        argumentSet(
            "strategy nofull is level 1 for ever",
            source("a").image(0, 90, 100).image(1, 1, 50).estimate(1, 50).strategy(Strategy.NOFULL),
            "1 STAGING: its strategy is nofull"),
        argumentSet(
            "strategy nofull begins with a full, there is nothing to build on",
            source("a").estimate(0, 100).strategy(Strategy.NOFULL),
            "0 STAGING: its strategy is nofull, but there is no full to build on"),
        argumentSet(
            "strategy noinc is a full every day",
            source("a").image(0, 1, 100).estimate(0, 100).strategy(Strategy.NOINC),
            "0 STAGING: its strategy is noinc"),
        argumentSet(
            "a level that was asked for comes before all rules",
            source("a")
                .image(0, 9, 100)
                .image(1, 2, 9)
                .estimate(3, 5)
                .wish(new LevelWish.Exactly(Level.of(3))),
            "3 STAGING: level 3 was asked for"),
        argumentSet(
            "after an estimate that came too late the next run makes a full",
            source("a")
                .image(0, 2, 100)
                .estimate(0, 100)
                .estimate(1, 5)
                .command(OneShot.FULL_AFTER_TIMEOUT),
            "0 STAGING: the last run had no estimate of it in time, so that this one makes a full"),
        argumentSet(
            "no bump keeps the level",
            source("a")
                .image(0, 3, 100)
                .image(1, 2, 90)
                .image(1, 1, 90)
                .estimate(1, 90)
                .command(OneShot.NO_BUMP),
            "1 STAGING: the last full is 3 days old, and no bump was ordered"),
        argumentSet(
            "bump goes one level on",
            source("a").image(0, 3, 100).image(1, 2, 1).estimate(2, 1).command(OneShot.BUMP),
            "2 STAGING: the next level was ordered"));
  }

  @ParameterizedTest
  @MethodSource
  void choosesTheLevelAndSaysWhy(Past source, String expected) {
    var dump = plan(source).dumps().getFirst();

    assertThat(dump.choice().level() + " " + dump.route() + ": " + dump.choice().reason())
        .isEqualTo(expected);
  }

  @Test
  void asksForAtMostThreeLevels() {
    var bumping = source("a").image(0, 4, 100).image(1, 3, 40).image(1, 2, 40);

    assertThat(levels(bumping)).containsExactly(0, 1, 2);
    assertThat(levels(source("a").image(0, 4, 100).image(1, 3, 40))).containsExactly(0, 1);
    assertThat(levels(source("a"))).containsExactly(0);
    assertThat(levels(bumping.command(OneShot.BUMP))).containsExactly(2);
    assertThat(levels(bumping.strategy(Strategy.SKIP))).isEmpty();
    assertThat(levels(bumping.strategy(Strategy.NOINC))).containsExactly(0);
  }

  private static List<Integer> levels(Past source) {
    return new EstimatePlanner(PlanRules.usual(), Past.TODAY)
        .levels(source.input()).stream().map(Level::value).toList();
  }

  @Test
  void putsOffTheFullThatIsLeastOverdueWhenThereIsNoRoom() {
    var plan =
        plan(
            room(160),
            source("late").image(0, 12, 100).estimate(0, 100).estimate(1, 10),
            source("just").image(0, 7, 100).estimate(0, 100).estimate(1, 10));

    assertThat(lines(plan)).containsExactly("late 0", "just 1");
    assertThat(plan.decisions())
        .extracting(decision -> decision.source() + " " + decision.kind() + " " + decision.reason())
        .containsExactly(
            "just DELAY no room for its full of 100 MiB: all dumps need 200 MiB, and the storage has"
                + " room for 160 MiB");
    assertThat(plan.dumps().getLast().choice().reason())
        .isEqualTo(
            "the last full is 7 days old, the cycle is 7, but no room for its full of 100 MiB: all"
                + " dumps need 200 MiB, and the storage has room for 160 MiB");
  }

  @Test
  void countsWhatWaitsInStagingForTheSameStorage() {
    var full =
        new Room(
            OptionalLong.of(300 * Past.MIB),
            200 * Past.MIB,
            StagingUse.Mode.AUTO,
            OptionalLong.empty());
    var plan = plan(full, source("a").image(0, 8, 150).estimate(0, 150).estimate(1, 10));

    assertThat(lines(plan)).containsExactly("a 1");
    assertThat(plan.decisions().getFirst().kind()).isEqualTo(Decision.Kind.DEGRADE);
    assertThat(plan.decisions().getFirst().reason())
        .isEqualTo(
            "needs 150 MiB alone, and the storage has room for 100 MiB beside 200 MiB staged");
  }

  @Test
  void oneFullAlwaysSurvives() {
    var plan =
        plan(
            room(100),
            source("a").image(0, 7, 99).estimate(0, 99).estimate(1, 40),
            source("b").image(0, 2, 99).estimate(0, 99).estimate(1, 40));

    assertThat(lines(plan)).containsExactly("a 0");
    assertThat(plan.leftOut())
        .singleElement()
        .satisfies(
            left ->
                assertThat(left.reason())
                    .isEqualTo(
                        "no room for its incremental of 40.1 MiB: all dumps need 139 MiB, and the"
                            + " storage has room for 100 MiB"));
  }

  @Test
  void reinstatesWhatFitsAfterAll() {
    var plan =
        plan(
            room(130),
            source("a").image(0, 9, 100).estimate(0, 100).estimate(1, 1),
            source("b").image(0, 8, 90).estimate(0, 90).estimate(1, 1),
            source("c").image(0, 7, 20).estimate(0, 20).estimate(1, 1));

    assertThat(lines(plan)).containsExactly("a 0", "b 1", "c 0");
    assertThat(plan.decisions())
        .extracting(decision -> decision.source() + " " + decision.kind())
        .containsExactly("c REINSTATE", "b DELAY");
  }

  @Test
  void newSourcesDoNotPushOutTheIncrementalsOfOthers() {
    var plan =
        plan(
            room(120),
            source("new1").estimate(0, 100),
            source("new2").estimate(0, 100),
            source("old").image(0, 3, 100).estimate(0, 100).estimate(1, 10));

    assertThat(lines(plan)).containsExactly("new1 0", "old 1");
    assertThat(plan.leftOut()).extracting(LeftOut::source).containsExactly(new SourceName("new2"));
  }

  @Test
  void spreadsFullsThatWouldAllComeOnOneDay() {
    var sources =
        Stream.iterate(0, i -> i + 1)
            .limit(7)
            .map(i -> source("s" + i).image(0, 1, 100).estimate(0, 100).estimate(1, 1))
            .toArray(Past[]::new);

    var plan = plan(sources);

    assertThat(lines(plan)).filteredOn(line -> line.endsWith(" 0")).containsExactly("s0 0");
    assertThat(plan.dumps().stream().filter(dump -> dump.choice().level().isFull()).findFirst())
        .get()
        .extracting(dump -> dump.choice().reason())
        .isEqualTo(
            "the last full is 1 of 7 days old, promoted to full 6 days early: tonight has 0 B of"
                + " fulls, an even share is 100 MiB");
    assertThat(plan.balance().days())
        .extracting(day -> day.date() + " " + day.fulls())
        .containsExactly("2026-11-25 1", "2026-12-01 6");
  }

  @Test
  void aHugeFullIsNotPromotedWhileSmallOnesAre() {
    var plan =
        plan(
            source("a-huge").image(0, 1, 9000).estimate(0, 9000).estimate(1, 1),
            source("small1").image(0, 1, 10).estimate(0, 10).estimate(1, 1),
            source("small2").image(0, 1, 10).estimate(0, 10).estimate(1, 1));

    assertThat(lines(plan)).contains("a-huge 1");
    assertThat(lines(plan)).contains("small1 0");
  }

  @Test
  void whatCannotFitStagingGoesStraightToMedia() {
    var room =
        new Room(OptionalLong.empty(), 0, StagingUse.Mode.AUTO, OptionalLong.of(50 * Past.MIB));

    assertThat(plan(room, source("a").estimate(0, 100)).dumps().getFirst().route())
        .isEqualTo(Route.DIRECT);
  }

  @Test
  void whatMustBeStagedAndCannotIsLeftOutWithTheLimit() {
    var room =
        new Room(OptionalLong.empty(), 0, StagingUse.Mode.REQUIRED, OptionalLong.of(50 * Past.MIB));

    assertThat(plan(room, source("a").estimate(0, 100)).leftOut())
        .containsExactly(
            new LeftOut(
                new SourceName("a"),
                "needs 100 MiB, must go through staging, and that holds at most 50.0 MiB; it has no"
                    + " full that an incremental could build on",
                false));
  }

  @Test
  void warnsOfAFullThatGetsOld() {
    var plan =
        plan(
            source("a")
                .image(0, 86, 100)
                .image(1, 1, 5)
                .estimate(1, 5)
                .strategy(Strategy.INCRONLY));

    assertThat(plan.decisions())
        .extracting(decision -> decision.kind() + " " + decision.reason())
        .containsExactly(
            "EXPIRES its last full is 86 days old, images are kept 90 days, and tonight makes no new"
                + " one");
  }

  @Test
  void aCommandIsObeyedOnlyByADumpOfItsLevel() {
    var ordered =
        source("a").image(0, 2, 100).estimate(0, 100).estimate(1, 10).command(OneShot.FULL);

    assertThat(plan(ordered).dumps().getFirst().obeys()).contains(OneShot.FULL);
    assertThat(plan(room(50), ordered).dumps().getFirst().obeys()).isEmpty();
    assertThat(plan(room(50), ordered).dumps().getFirst().choice().level()).isEqualTo(Level.of(1));
  }

  @Test
  void aSourceStandsOnceInTheInput() {
    assertThatThrownBy(() -> plan(source("a"), source("a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> lines(Plan plan) {
    return plan.dumps().stream().map(dump -> dump.source() + " " + dump.choice().level()).toList();
  }
}
