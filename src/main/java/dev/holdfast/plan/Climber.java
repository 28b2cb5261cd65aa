package dev.holdfast.plan;

import dev.holdfast.model.Level;
import dev.holdfast.model.declared.Bump;
import java.util.List;
import java.util.Optional;

/// Picks the level of an incremental. A source stays at its level until the next one saves enough:
/// more than the threshold, after some days; the threshold grows with the level.
record Climber(PlanRules rules, Today today) {

  /// The levels worth an estimate, one or two.
  List<Level> levels(History history, Want.Climb climb) {
    return switch (climb) {
      case Want.Climb.To(var level) -> List.of(level);
      case Want.Climb.Same() -> List.of(Level.of(current(history)));
      case Want.Climb.Next() -> List.of(Level.of(next(history)));
      case Want.Climb.Usual() ->
          mayBump(history)
              ? List.of(Level.of(current(history)), Level.of(next(history)))
              : List.of(Level.of(current(history)));
    };
  }

  /// Empty when none of the levels has an estimate.
  Optional<Choice> choose(SourceInput source, Want.Climb climb, String reason) {
    var known =
        levels(source.history(), climb).stream()
            .filter(level -> source.estimate(level).isPresent())
            .toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    if (known.size() == 1) {
      return Optional.of(at(source, known.getFirst(), reason));
    }
    return Optional.of(better(source, known, reason));
  }

  private Choice better(SourceInput source, List<Level> two, String reason) {
    var same = source.estimate(two.getFirst()).orElseThrow();
    var next = source.estimate(two.getLast()).orElseThrow();
    long threshold = threshold(source.history(), two.getFirst().value());
    long saves = same.raw().bytes() - next.raw().bytes();
    boolean bump =
        same.isComparable()
            && next.isComparable()
            && same.raw().bytes() > threshold
            && saves >= threshold;
    if (!bump) {
      return at(source, two.getFirst(), reason);
    }
    return at(
        source,
        two.getLast(),
        reason
            + ", bumped: level "
            + two.getLast()
            + " saves "
            + Words.size(saves)
            + " of "
            + Words.size(same.raw().bytes())
            + ", at least "
            + Words.size(threshold)
            + " is asked for");
  }

  private static Choice at(SourceInput source, Level level, String reason) {
    var parent = source.history().parentFor(level).map(PastImage::id);
    return new Choice(level, parent, source.estimate(level).orElseThrow(), reason);
  }

  private boolean mayBump(History history) {
    int level = current(history);
    boolean wasLevel = history.lastLevel().filter(last -> last.value() == level).isPresent();
    return wasLevel
        && level < rules.maxLevel()
        && history.daysAtLastLevel(today) >= bump().days()
        && history.images().getFirst().rawBytes() > threshold(history, level);
  }

  private int current(History history) {
    int last = history.lastLevel().map(Level::value).orElse(0);
    return Math.clamp(last, 1, Math.max(1, rules.maxLevel()));
  }

  private int next(History history) {
    int last = history.lastLevel().map(Level::value).orElse(0);
    return Math.clamp(last + 1L, 1, Math.max(1, rules.maxLevel()));
  }

  private long threshold(History history, int level) {
    return bump().threshold(level, history.newestFull().map(PastImage::rawBytes).orElse(0L));
  }

  private Bump bump() {
    return rules.bump();
  }
}
