package dev.holdfast.plan;

import dev.holdfast.model.Level;
import java.util.Optional;

/// The level that a run is asked for: by a person with `--level`, or by the day of its schedule.
public sealed interface LevelWish {

  /// The policy decides.
  record Auto() implements LevelWish {}

  /// What the schedule has on its day, within each source's strategy and what was ordered for it.
  record OnDay(DayRule rule) implements LevelWish {}

  /// Whatever is lowest above a full; a full where there is nothing to build on.
  record Incremental() implements LevelWish {}

  /// This level; a full where there is nothing to build on.
  record Exactly(Level level) implements LevelWish {}

  /// Reads `auto`, `full`, `incremental` or `0`..`9`; empty for anything else.
  static Optional<LevelWish> parse(String text) {
    return switch (text) {
      case "auto" -> Optional.of(new Auto());
      case "full" -> Optional.of(new Exactly(Level.FULL));
      case "incremental" -> Optional.of(new Incremental());
      case String digit when digit.matches("[0-9]") ->
          Optional.of(new Exactly(Level.of(Integer.parseInt(digit))));
      default -> Optional.empty();
    };
  }
}
