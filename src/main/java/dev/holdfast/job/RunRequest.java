package dev.holdfast.job;

import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Job;
import dev.holdfast.model.declared.Steps;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.plan.calendar.WindowEnd;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// One command that runs or flushes one set.
///
/// @param only dump only these sources; empty = all of the set
/// @param fresh do not continue an unfinished run: abandon it, write what it staged, start anew
/// @param window when the window closes that the run must keep, and what that means; empty = never
/// @param lockWait how long to wait for another run of the set to end
/// @param steps what the job that was asked for does
public record RunRequest(
    Declarations declarations,
    BackupSet set,
    LevelWish level,
    Set<SourceName> only,
    boolean fresh,
    Duration lockWait,
    Clock clock,
    Optional<WindowEnd> window,
    Steps steps) {

  public RunRequest {
    only = Set.copyOf(only);
  }

  /// Of a person, who need not mind the windows of a schedule.
  public RunRequest(
      Declarations declarations,
      BackupSet set,
      LevelWish level,
      Set<SourceName> only,
      boolean fresh,
      Duration lockWait,
      Clock clock) {
    this(declarations, set, level, only, fresh, lockWait, clock, Optional.empty(), Steps.all());
  }

  /// The same, to end with the window that is open now.
  public RunRequest within(Optional<WindowEnd> end) {
    return new RunRequest(declarations, set, level, only, fresh, lockWait, clock, end, steps);
  }

  /// The same with these steps alone.
  public RunRequest doing(Steps wanted) {
    return new RunRequest(declarations, set, level, only, fresh, lockWait, clock, window, wanted);
  }

  boolean does(Job.Step step) {
    return steps.has(step);
  }
}
