package dev.holdfast.cli;

import dev.holdfast.job.Backup;
import dev.holdfast.job.RunRequest;
import dev.holdfast.job.Standing;
import dev.holdfast.job.StopSignal;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Steps;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.plan.calendar.DayWish;
import dev.holdfast.plan.calendar.DueDecision;
import dev.holdfast.plan.calendar.DueSets;
import dev.holdfast.plan.calendar.Past;
import dev.holdfast.plan.calendar.Timetable;
import dev.holdfast.plan.calendar.WindowEnd;
import dev.holdfast.report.CalendarRow;
import dev.holdfast.report.Listing;
import dev.holdfast.report.RunReport;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Runs the sets that are due, and says of the others why they are not. Sets run one after the
/// other, so each is asked again when its turn comes: its window may have closed by then.
final class DueRuns {
  private final Session session;
  private final Declarations declared;
  private final DueSets calendar;
  private final boolean fresh;
  private final List<String> names;
  private final Refilling refilling;
  private final Map<SetName, Answer> answers = new HashMap<>();

  /// @param names of sets and jobs as they were typed; none = all sets
  DueRuns(Session session, Declarations declared, boolean fresh, List<String> names) {
    this.session = session;
    this.declared = declared;
    this.calendar = new DueSets(declared);
    this.fresh = fresh;
    this.names = List.copyOf(names);
    this.refilling = new Refilling(session, declared);
  }

  /// What came of asking for a set.
  private sealed interface Answer {
    record Decided(DueDecision decision) implements Answer {}

    /// Its past cannot be read; said as the end of its run, so that no other set has to wait.
    record Unknown(HoldfastException why) implements Answer {}
  }

  ExitCode run(List<BackupSet> sets) throws IOException, InterruptedException {
    var rows = new ArrayList<CalendarRow.DueRow>();
    var due = new ArrayList<BackupSet>();
    for (var set : sets) {
      switch (ask(set)) {
        case Answer.Decided(DueDecision.NotDue(var reason, var next)) ->
            rows.add(row(set, reason, next));
        case Answer.Decided _, Answer.Unknown _ -> due.add(set);
      }
    }
    if (due.isEmpty()) {
      return session.show(Listing.of("due", rows));
    }
    rows.forEach(this::note);
    return new SetRuns(session).each(due, this::isStillDue, this::work);
  }

  private Answer ask(BackupSet set) throws IOException, InterruptedException {
    var answer = answer(set);
    answers.put(set.name(), answer);
    return answer;
  }

  private Answer answer(BackupSet set) throws IOException, InterruptedException {
    try {
      var standing = Standing.of(declared, refilling.attempted(set));
      if (standing.running()) {
        return new Answer.Decided(
            new DueDecision.NotDue("a run of it is under way", Optional.empty()));
      }
      var past =
          calendar
              .timetable(set)
              .map(timetable -> past(set, standing, timetable))
              .orElseGet(Past::none);
      return new Answer.Decided(calendar.decide(set, past, now()));
    } catch (HoldfastException unreadable) {
      return new Answer.Unknown(unreadable);
    }
  }

  private Past past(BackupSet set, Standing standing, Timetable timetable) {
    return standing.past(request(set, new LevelWish.Auto()).within(window(set)), timetable);
  }

  private boolean isStillDue(BackupSet set) throws IOException, InterruptedException {
    if (answers.get(set.name()) instanceof Answer.Unknown) {
      return true;
    }
    if (ask(set) instanceof Answer.Decided(DueDecision.NotDue(var reason, var next))) {
      note(row(set, reason, next));
      return false;
    }
    return true;
  }

  private RunReport work(BackupSet set, StopSignal stop) throws IOException, InterruptedException {
    return switch (answers.get(set.name())) {
      case Answer.Decided(DueDecision.Due(var start, var reason)) -> {
        session.note(set.name() + ": " + reason + ", level by '" + start.by() + "'");
        var request = request(set, DayWish.of(start.level())).within(window(set));
        yield Backup.run(request, session.events(), stop);
      }
      case Answer.Unknown(var why) -> throw why;
      case Answer.Decided(DueDecision.NotDue _) ->
          throw new IllegalStateException(set.name() + " is not due");
      case null -> throw new IllegalStateException("nobody asked for " + set.name());
    };
  }

  /// The end of the window by whatever schedule the set is due, also by that of its job.
  private Optional<WindowEnd> window(BackupSet set) {
    return calendar.timetable(set).flatMap(timetable -> timetable.windows().endOfWindow(now()));
  }

  private RunRequest request(BackupSet set, LevelWish level) {
    return new RunRequest(
            declared, set, level, Set.of(), fresh, session.settings().lockWait(), session.clock())
        .doing(steps(set));
  }

  /// Of the job that was named, else of the one whose schedule the set has.
  private Steps steps(BackupSet set) {
    return names.isEmpty()
        ? calendar.job(set).map(job -> job.conduct().does()).orElseGet(Steps::all)
        : new Selection(declared).steps(names, set);
  }

  private CalendarRow.DueRow row(BackupSet set, String reason, Optional<Instant> next) {
    var zone = calendar.timetable(set).map(Timetable::zone).orElseGet(session::zone);
    return new CalendarRow.DueRow(set.name(), false, reason, next, zone);
  }

  private void note(CalendarRow.DueRow row) {
    var next = row.next().map(at -> "; next " + CalendarRow.local(at, row.zone())).orElse("");
    session.note(row.set() + ": not due, " + row.reason() + next);
  }

  private Instant now() {
    return Instant.now(session.clock());
  }
}
