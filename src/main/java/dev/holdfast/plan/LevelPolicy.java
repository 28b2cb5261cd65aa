package dev.holdfast.plan;

import dev.holdfast.model.Level;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Chooses the level of a dump: a full when none was made within the cycle, else level 1, unless a
/// person asked for something else. Days are calendar days of the set's time zone, so that a run
/// that starts a minute earlier than the last one does not put a full off by a day.
///
/// @param cycleDays days within which every source gets a full, at least 1
public record LevelPolicy(int cycleDays, ZoneId zone) {

  public LevelPolicy {
    if (cycleDays < 1) {
      throw new IllegalArgumentException("a cycle is at least one day, was " + cycleDays);
    }
  }

  public LevelDecision choose(LevelWish wish, History history, Instant now) {
    return switch (wish) {
      case LevelWish.Auto() -> byCycle(history, now);
      case LevelWish.Incremental() -> at(Level.of(1), history, "incremental was asked for");
      case LevelWish.Exactly(var level) when level.isFull() -> full("a full was asked for");
      case LevelWish.Exactly(var level) -> at(level, history, "level " + level + " was asked for");
    };
  }

  private LevelDecision byCycle(History history, Instant now) {
    var newest = history.newestFull();
    if (newest.isEmpty()) {
      return full("no full exists yet");
    }
    long age = ChronoUnit.DAYS.between(day(newest.get().at()), day(now));
    if (age >= cycleDays) {
      return full("the last full is " + age + " days old, the cycle is " + cycleDays);
    }
    return at(Level.of(1), history, "the last full is " + age + " of " + cycleDays + " days old");
  }

  private static LevelDecision at(Level level, History history, String reason) {
    return history
        .parentFor(level)
        .map(parent -> new LevelDecision(level, Optional.of(parent.id()), reason))
        .orElseGet(() -> full(reason + ", but there is no full to build on"));
  }

  private static LevelDecision full(String reason) {
    return new LevelDecision(Level.FULL, Optional.empty(), reason);
  }

  private LocalDate day(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }
}
