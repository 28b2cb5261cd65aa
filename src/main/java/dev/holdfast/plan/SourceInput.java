package dev.holdfast.plan;

import dev.holdfast.model.Level;
import dev.holdfast.model.OneShot;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Priority;
import dev.holdfast.model.declared.Strategy;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All that the planner is told of one source.
///
/// @param estimates of the levels that `EstimatePlanner` named; a level that gave none is absent
/// @param waitingSince when a run first left this source without any image; empty when it has one,
///     or no run met it yet
public record SourceInput(
    SourceName name,
    Terms terms,
    History history,
    Optional<Instant> waitingSince,
    Map<Level, LevelEstimate> estimates,
    Wishes wishes) {

  public SourceInput {
    estimates = Collections.unmodifiableMap(new TreeMap<>(estimates));
  }

  /// What the declarations say of it.
  ///
  /// @param cycleDays days within which it gets a full, at least 1
  public record Terms(String host, Priority priority, Strategy strategy, int cycleDays) {
    public Terms {
      if (cycleDays < 1) {
        throw new IllegalArgumentException("a cycle is at least one day, was " + cycleDays);
      }
    }
  }

  /// What a person and the schedule want of its next dump.
  ///
  /// @param level from `run --level`, which comes before everything else, or from the schedule
  public record Wishes(LevelWish level, Optional<OneShot> command) {
    public static Wishes none() {
      return new Wishes(new LevelWish.Auto(), Optional.empty());
    }

    boolean isOn(DayRule rule) {
      return level.equals(new LevelWish.OnDay(rule));
    }
  }

  /// The same, with only these images to build on.
  public SourceInput on(History usable) {
    return new SourceInput(name, terms, usable, waitingSince, estimates, wishes);
  }

  /// The same with its estimates.
  public SourceInput with(Map<Level, LevelEstimate> found) {
    return new SourceInput(name, terms, history, waitingSince, found, wishes);
  }

  Optional<LevelEstimate> estimate(Level level) {
    return Optional.ofNullable(estimates.get(level));
  }

  boolean isNew() {
    return history.newestFull().isEmpty();
  }

  /// Days within which the next full is due; a source without incrementals needs one every day.
  int cycle() {
    return terms.strategy() == Strategy.NOINC ? 1 : terms.cycleDays();
  }

  boolean getsFulls() {
    return terms.strategy() == Strategy.STANDARD || terms.strategy() == Strategy.NOINC;
  }

  /// Days until a full is due; 0 = today, less = overdue. A new source counts as one that has
  /// missed a whole cycle, and every day that it waits makes it more urgent.
  int due(Today today) {
    if (!isNew() && !getsFulls()) {
      return 1;
    }
    return history
        .newestFull()
        .map(full -> cycle() - today.daysSince(full.at()))
        .orElseGet(() -> -cycle() - waitingSince.map(today::daysSince).orElse(0));
  }
}
