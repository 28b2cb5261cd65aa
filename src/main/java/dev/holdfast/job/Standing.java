package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.RunRow;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.calendar.DayWish;
import dev.holdfast.plan.calendar.Past;
import dev.holdfast.plan.calendar.Start;
import dev.holdfast.plan.calendar.Timetable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the calendar must know of a set's runs, read from its catalog, also while a run works.
///
/// @param running true while a live process runs the set
/// @param newest its newest run of all its sources
public record Standing(boolean running, Optional<RunRow> newest) {

  /// A set that never ran has nothing to tell.
  ///
  /// @throws dev.holdfast.model.HoldfastException when the catalog cannot be read
  public static Standing of(Declarations declarations, BackupSet set)
      throws IOException, InterruptedException {
    if (!Catalog.exists(SetState.of(declarations.state(), set.name()).catalog())) {
      return new Standing(false, Optional.empty());
    }
    try (var reader = SetReader.open(declarations, set)) {
      List<RunRow> runs = reader.catalog().runs().list();
      boolean running =
          reader.catalog().isServed() && runs.stream().anyMatch(run -> run.exit().isEmpty());
      return new Standing(running, runs.stream().filter(Backup::isWhole).findFirst());
    }
  }

  /// The same for the calendar: a run counts as unfinished when a request with the level of its day
  /// would continue it.
  public Past past(RunRequest request, Timetable timetable) {
    var lastStart = newest.map(RunRow::startedAt);
    boolean unfinished =
        newest.filter(Backup::mayContinue).isPresent()
            && lastStart
                .flatMap(timetable::latest)
                .filter(start -> continues(request, start))
                .isPresent();
    return new Past(lastStart, unfinished);
  }

  private boolean continues(RunRequest request, Start start) {
    var asked =
        new RunRequest(
            request.declarations(),
            request.set(),
            DayWish.of(start.level()),
            request.only(),
            request.fresh(),
            request.lockWait(),
            request.clock(),
            request.window(),
            request.steps());
    return newest
        .filter(run -> Backup.obstacle(asked, run, Instant.now(request.clock())).isEmpty())
        .isPresent();
  }
}
