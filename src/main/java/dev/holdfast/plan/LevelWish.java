package dev.holdfast.plan;

import dev.holdfast.model.Level;
import java.util.Optional;

/// The level that a person asked for with `--level`.
public sealed interface LevelWish {

  /// The policy decides.
  record Auto() implements LevelWish {}

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
