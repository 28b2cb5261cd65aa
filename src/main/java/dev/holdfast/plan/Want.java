package dev.holdfast.plan;

import dev.holdfast.model.Level;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.declared.Strategy;
import java.util.Optional;

/// What the cycle, the schedule and people want of a source's next dump, before anyone asks how
/// large it is.
sealed interface Want {

  /// No dump.
  record Nothing(String reason) implements Want {}

  /// A full.
  ///
  /// @param forced asked for beyond the cycle: it is the last to be put off
  /// @param mayDegrade an incremental is better than nothing
  record Full(String reason, boolean forced, boolean mayDegrade, Optional<OneShot> obeys)
      implements Want {}

  /// An incremental.
  ///
  /// @param mayBeFull the planner may make a full of it
  record Incremental(String reason, Climb climb, boolean mayBeFull, Optional<OneShot> obeys)
      implements Want {}

  /// How the level of an incremental follows from the last one.
  sealed interface Climb {
    /// The same, or the next one when that saves enough.
    record Usual() implements Climb {}

    /// The next one.
    record Next() implements Climb {}

    /// The same.
    record Same() implements Climb {}

    /// This one.
    record To(Level level) implements Climb {}
  }

  static Want of(SourceInput source, Today today, PlanRules rules) {
    if (source.terms().strategy() == Strategy.SKIP) {
      return new Nothing("its strategy is skip");
    }
    return based(source, wished(source, today, rules));
  }

  private static Want wished(SourceInput source, Today today, PlanRules rules) {
    return switch (source.wishes().level()) {
      case LevelWish.Auto(), LevelWish.OnDay(_) ->
          source
              .wishes()
              .command()
              .map(command -> commanded(command, source, today))
              .orElseGet(() -> byRule(source, today, rules));
      case LevelWish.Incremental() ->
          incremental("an incremental was asked for", new Climb.Usual());
      case LevelWish.Exactly(var level) when level.isFull() ->
          new Full("a full was asked for", true, false, Optional.empty());
      case LevelWish.Exactly(var level) ->
          incremental("level " + level + " was asked for", new Climb.To(level));
    };
  }

  private static Want commanded(OneShot command, SourceInput source, Today today) {
    var obeys = Optional.of(command);
    return switch (command) {
      case FULL -> new Full("a full was ordered for the next run", true, true, obeys);
      case FULL_AFTER_TIMEOUT ->
          new Full(
              "the last run had no estimate of it in time, so that this one makes a full",
              true,
              true,
              obeys);
      case LEVEL1 ->
          new Incremental("level 1 was ordered", new Climb.To(Level.of(1)), false, obeys);
      case BUMP -> new Incremental("the next level was ordered", new Climb.Next(), false, obeys);
      case NO_BUMP ->
          new Incremental(
              age(source, today) + "no bump was ordered", new Climb.Same(), false, obeys);
    };
  }

  private static Want byRule(SourceInput source, Today today, PlanRules rules) {
    boolean fullAllowed = !source.wishes().isOn(DayRule.INCREMENTAL);
    if (source.terms().strategy() == Strategy.NOINC) {
      return fullAllowed
          ? due("its strategy is noinc", false)
          : new Nothing("its strategy is noinc, and the schedule has no fulls today");
    }
    if (!source.getsFulls()) {
      var first = source.terms().strategy() == Strategy.NOFULL;
      return incremental(
          "its strategy is " + (first ? "nofull" : "incronly"),
          first ? new Climb.To(Level.of(1)) : new Climb.Usual());
    }
    if (source.wishes().isOn(DayRule.FULL)) {
      return due("the schedule has fulls today", true);
    }
    if (rules.maxLevel() == 0) {
      return due("the highest level is 0", false);
    }
    return byCycle(source, today, fullAllowed);
  }

  private static Want byCycle(SourceInput source, Today today, boolean fullAllowed) {
    int due = source.due(today);
    int age = source.cycle() - due;
    if (due > 0) {
      return new Incremental(
          "the last full is " + age + " of " + source.cycle() + " days old",
          new Climb.Usual(),
          fullAllowed,
          Optional.empty());
    }
    var reason = "the last full is " + Words.days(age) + " old, the cycle is " + source.cycle();
    return fullAllowed
        ? due(reason, true)
        : incremental(reason + ", but the schedule has no fulls today", new Climb.Usual());
  }

  /// Without a full there is nothing that an incremental could build on, whoever wants one.
  private static Want based(SourceInput source, Want want) {
    return switch (want) {
      case Nothing nothing when source.isNew() && source.wishes().isOn(DayRule.INCREMENTAL) ->
          first(nothing.reason() + ", but there is no full yet");
      case Nothing nothing -> nothing;
      case Full full when source.isNew() && !full.forced() -> first("there is no full to build on");
      case Full full -> full;
      case Incremental incremental when source.isNew() ->
          first(incremental.reason() + ", but there is no full to build on");
      case Incremental incremental -> incremental;
    };
  }

  private static Full first(String reason) {
    return new Full(reason, false, false, Optional.empty());
  }

  private static Full due(String reason, boolean mayDegrade) {
    return new Full(reason, false, mayDegrade, Optional.empty());
  }

  private static Incremental incremental(String reason, Climb climb) {
    return new Incremental(reason, climb, false, Optional.empty());
  }

  private static String age(SourceInput source, Today today) {
    return source
        .history()
        .newestFull()
        .map(full -> "the last full is " + Words.days(today.daysSince(full.at())) + " old, and ")
        .orElse("");
  }
}
