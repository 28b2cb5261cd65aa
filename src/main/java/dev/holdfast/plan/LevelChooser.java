package dev.holdfast.plan;

import dev.holdfast.model.Level;
import dev.holdfast.model.OneShot;
import java.util.Optional;

/// Chooses a source's level as if there were room for everything, and what it gets when there is
/// not.
record LevelChooser(PlanRules rules, Today today) {

  /// A source that may be dumped, or why it is not.
  sealed interface Result {
    record Chosen(Draft draft) implements Result {}

    record Out(LeftOut leftOut) implements Result {}
  }

  Result choose(SourceInput source) {
    return switch (Want.of(source, today, rules)) {
      case Want.Nothing(var reason) -> out(source, reason, true);
      case Want.Full want -> full(source, want);
      case Want.Incremental want -> incremental(source, want);
    };
  }

  private Result full(SourceInput source, Want.Full want) {
    var instead =
        want.mayDegrade() && !source.isNew()
            ? climber().choose(source, new Want.Climb.Usual(), want.reason())
            : Optional.<Choice>empty();
    var estimate = source.estimate(Level.FULL);
    if (estimate.isPresent()) {
      return chosen(
          source,
          new Draft.Opening(
              fullOf(source, want.reason()).orElseThrow(),
              instead.<Degraded>map(Degraded.Instead::new).orElseGet(() -> refused(source, want)),
              want.forced(),
              want.obeys()),
          Optional.empty());
    }
    return instead
        .map(
            choice ->
                chosen(
                    source,
                    opening(
                        new Choice(
                            choice.level(),
                            choice.parent(),
                            choice.estimate(),
                            want.reason() + ", but level 0 gave no estimate"),
                        want.obeys()),
                    Optional.empty()))
        .orElseGet(
            () -> out(source, want.reason() + ", but level 0 gave no estimate in time", false));
  }

  private Result incremental(SourceInput source, Want.Incremental want) {
    var early = want.mayBeFull() ? fullOf(source, want.reason()) : Optional.<Choice>empty();
    var choice = climber().choose(source, want.climb(), want.reason());
    if (choice.isEmpty() && early.isEmpty()) {
      return out(source, want.reason() + ", but no level gave an estimate in time", false);
    }
    if (choice.isEmpty()) {
      var reason = want.reason() + ", but only level 0 gave an estimate";
      return chosen(
          source, opening(fullOf(source, reason).orElseThrow(), want.obeys()), Optional.empty());
    }
    return chosen(source, opening(choice.get(), want.obeys()), early);
  }

  private static Degraded refused(SourceInput source, Want.Full want) {
    if (source.isNew()) {
      return new Degraded.Refused("it has no full that an incremental could build on");
    }
    return new Degraded.Refused(want.mayDegrade() ? "no incremental was estimated" : want.reason());
  }

  private static Draft.Opening opening(Choice choice, Optional<OneShot> obeys) {
    return new Draft.Opening(
        choice, new Degraded.Refused("nothing smaller would help"), false, obeys);
  }

  private static Optional<Choice> fullOf(SourceInput source, String reason) {
    return source
        .estimate(Level.FULL)
        .map(estimate -> new Choice(Level.FULL, Optional.empty(), estimate, reason));
  }

  private Result chosen(SourceInput source, Draft.Opening opening, Optional<Choice> early) {
    return new Result.Chosen(new Draft(source, source.due(today), opening, early));
  }

  private static Result out(SourceInput source, String reason, boolean wanted) {
    return new Result.Out(new LeftOut(source.name(), reason, wanted));
  }

  private Climber climber() {
    return new Climber(rules, today);
  }
}
