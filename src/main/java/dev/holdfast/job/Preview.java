package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Source;
import dev.holdfast.plan.EstimatePlanner;
import dev.holdfast.plan.HistoryEstimates;
import dev.holdfast.plan.LevelEstimate;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.PlanInput;
import dev.holdfast.plan.Planner;
import dev.holdfast.plan.Room;
import dev.holdfast.plan.SourceInput;
import dev.holdfast.plan.Today;
import dev.holdfast.source.driver.SourceDrivers;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// What a run would plan now, by estimates that cost nothing: earlier images, else what the file
/// systems hold. Nothing is dumped, nothing is stored. Used by one thread.
public final class Preview {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Declarations declarations;
  private final BackupSet set;
  private final Clock clock;
  private final List<String> notes = new ArrayList<>();

  public Preview(Declarations declarations, BackupSet set, Clock clock) {
    this.declarations = declarations;
    this.set = set;
    this.clock = clock;
  }

  /// What could not be looked at, for people.
  public List<String> notes() {
    return List.copyOf(notes);
  }

  public Plan plan() throws IOException, InterruptedException {
    var state = SetState.of(declarations.state(), set.name());
    if (!Catalog.exists(state.catalog())) {
      return plan(PlanInputs.of(declarations, set, Optional.empty()));
    }
    try (var catalog = Catalog.openToRead(state.catalog(), PATIENCE)) {
      return plan(PlanInputs.of(declarations, set, Optional.of(catalog)));
    }
  }

  private Plan plan(PlanInputs inputs) {
    var today = today();
    var levels = new EstimatePlanner(inputs.rules(), today);
    var sources =
        set.sources().stream()
            .map(
                source -> {
                  var asked = inputs.source(source, new LevelWish.Auto());
                  return estimated(source, asked, levels.levels(asked));
                })
            .toList();
    return Planner.plan(new PlanInput(today, inputs.rules(), room(inputs), sources));
  }

  private Today today() {
    return Today.at(Instant.now(clock), declarations.project().settings().timezone());
  }

  private SourceInput estimated(Source source, SourceInput asked, List<Level> levels) {
    var history = new HistoryEstimates(asked.history());
    var estimates = new HashMap<Level, LevelEstimate>();
    for (var level : levels) {
      history
          .estimate(level)
          .or(() -> bound(source, history, level))
          .ifPresent(estimate -> estimates.put(level, estimate));
    }
    return asked.with(estimates);
  }

  private Optional<LevelEstimate> bound(Source source, HistoryEstimates history, Level level) {
    try {
      var driver = SourceDrivers.of(new SourceKey(set.name(), source.name()), source.spec());
      return Optional.of(history.bounded(level, driver.bound()));
    } catch (IOException unknown) {
      notes.add("source " + source.name() + " cannot be looked at: " + unknown.getMessage());
      return Optional.empty();
    }
  }

  private Room room(PlanInputs inputs) {
    try {
      return inputs.room();
    } catch (NoSuchFileException _) {
      notes.add(
          "storage " + set.storage().name() + " is not there yet, it is taken as without limit");
      return inputs.roomWithoutStorage();
    } catch (IOException away) {
      notes.add(
          "storage "
              + set.storage().name()
              + " cannot be looked at, the plan takes it as without limit: "
              + away.getMessage());
      return inputs.roomWithoutStorage();
    }
  }
}
