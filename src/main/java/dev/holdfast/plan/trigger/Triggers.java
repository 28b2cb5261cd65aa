package dev.holdfast.plan.trigger;

import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.calendar.DueSets;
import dev.holdfast.plan.calendar.Firings;
import dev.holdfast.plan.calendar.Timetable;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Renders what starts sets. Each calls `run SET --due`, so that the schedule decides: a timer that
/// fires too often or on a wrong day starts nothing.
public final class Triggers {
  private final Declarations declared;
  private final List<BackupSet> sets;
  private final Invocation invocation;

  public Triggers(Declarations declared, List<BackupSet> sets, Invocation invocation) {
    this.declared = declared;
    this.sets = List.copyOf(sets);
    this.invocation = invocation;
  }

  /// What can be rendered.
  public enum Form {
    SYSTEMD,
    CRON,
    GITHUB,
    GITLAB
  }

  /// A set that starts by itself, with all that a trigger says about it.
  ///
  /// @param invocation how it is called
  record Timed(BackupSet set, Timetable timetable, Mark mark, Invocation invocation) {
    /// The words of its command line.
    List<String> command() {
      return invocation.words(set.name());
    }

    Firings firings(ChronoUnit grain) {
      return Firings.of(timetable, grain);
    }
  }

  /// The triggers of the sets that start by themselves; none for those that are paused without an
  /// end or whose schedule is manual.
  public List<Trigger> render(Form form) {
    var timed = sets.stream().flatMap(set -> timed(set).stream()).toList();
    return switch (form) {
      case SYSTEMD -> timed.stream().flatMap(one -> SystemdUnits.of(one).stream()).toList();
      case CRON -> timed.stream().map(CronLines::of).toList();
      case GITHUB -> timed.isEmpty() ? List.of() : List.of(GithubWorkflow.of(declared, timed));
      case GITLAB -> timed.isEmpty() ? List.of() : List.of(GitlabJobs.of(declared, timed));
    };
  }

  private Optional<Timed> timed(BackupSet set) {
    boolean sleeps = !set.when().active() && set.when().until().isEmpty();
    return new DueSets(declared)
        .timetable(set)
        .filter(_ -> !sleeps)
        .map(timetable -> new Timed(set, timetable, Mark.of(declared, set, timetable), invocation))
        .filter(one -> !one.firings(ChronoUnit.MINUTES).isNever());
  }
}
