package dev.holdfast.plan;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Priority;
import dev.holdfast.model.declared.StagingUse;
import dev.holdfast.model.declared.Strategy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Sources with a past, as planner tests tell of them: sizes in MiB, ages in days before today.
record Past(
    String name,
    SourceInput.Terms terms,
    List<PastImage> images,
    Map<Level, LevelEstimate> estimates,
    SourceInput.Wishes wishes) {
  static final Today TODAY = new Today(LocalDate.of(2026, 11, 25), ZoneOffset.UTC);
  static final Instant NOW = Instant.parse("2026-11-25T21:00:00Z");
  static final long MIB = 1L << 20;

  static Past source(String name) {
    return new Past(
        name,
        new SourceInput.Terms("host", Priority.MEDIUM, Strategy.STANDARD, 7),
        List.of(),
        Map.of(),
        SourceInput.Wishes.none());
  }

  /// An image older or newer than the ones before, whatever the order of calls.
  Past image(int level, int daysAgo, long mebibytes) {
    var more = new ArrayList<>(images);
    more.add(
        new PastImage(
            new ImageId(name + "-" + daysAgo + "-" + level),
            Level.of(level),
            NOW.minus(daysAgo, ChronoUnit.DAYS),
            mebibytes * MIB));
    more.sort((a, b) -> b.at().compareTo(a.at()));
    return new Past(name, terms, more, estimates, wishes);
  }

  Past estimate(int level, long mebibytes) {
    return estimate(level, mebibytes, Estimate.Method.CLIENT);
  }

  Past estimate(int level, long mebibytes, Estimate.Method method) {
    var more = new HashMap<>(estimates);
    more.put(
        Level.of(level), new LevelEstimate(new Estimate(mebibytes * MIB, method), mebibytes * MIB));
    return new Past(name, terms, images, more, wishes);
  }

  Past on(String host) {
    return with(new SourceInput.Terms(host, terms.priority(), terms.strategy(), terms.cycleDays()));
  }

  Past priority(Priority priority) {
    return with(new SourceInput.Terms(terms.host(), priority, terms.strategy(), terms.cycleDays()));
  }

  Past strategy(Strategy strategy) {
    return with(new SourceInput.Terms(terms.host(), terms.priority(), strategy, terms.cycleDays()));
  }

  Past cycle(int days) {
    return with(new SourceInput.Terms(terms.host(), terms.priority(), terms.strategy(), days));
  }

  Past wish(LevelWish wish) {
    return with(new SourceInput.Wishes(wish, wishes.command()));
  }

  Past command(OneShot command) {
    return with(new SourceInput.Wishes(wishes.level(), Optional.of(command)));
  }

  Past day(DayRule day) {
    return wish(new LevelWish.OnDay(day));
  }

  private Past with(SourceInput.Terms other) {
    return new Past(name, other, images, estimates, wishes);
  }

  private Past with(SourceInput.Wishes other) {
    return new Past(name, terms, images, estimates, other);
  }

  SourceInput input() {
    return new SourceInput(
        new SourceName(name), terms, new History(images), Optional.empty(), estimates, wishes);
  }

  static Room room(long mebibytes) {
    return new Room(
        OptionalLong.of(mebibytes * MIB), 0, StagingUse.Mode.AUTO, OptionalLong.empty());
  }

  static Plan plan(Room room, Past... sources) {
    return plan(PlanRules.usual(), room, sources);
  }

  static Plan plan(PlanRules rules, Room room, Past... sources) {
    return Planner.plan(
        new PlanInput(TODAY, rules, room, Arrays.stream(sources).map(Past::input).toList()));
  }

  static Plan plan(Past... sources) {
    return plan(Room.unlimited(), sources);
  }
}
