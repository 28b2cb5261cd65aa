package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.retention.Brake;
import dev.holdfast.plan.retention.Retention;
import dev.holdfast.plan.retention.RetentionVerdict;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How the declarations differ from what the catalogs have seen: what a first run with them would
/// change. Reads catalogs only.
public final class Drift {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Declarations declarations;
  private final Clock clock;

  public Drift(Declarations declarations, Clock clock) {
    this.declarations = declarations;
    this.clock = clock;
  }

  /// One difference.
  ///
  /// @param destructive restore points would go or not be found, or nobody says why a set is gone
  public record Difference(String subject, boolean destructive, String text) {}

  /// Of these sets.
  public List<Difference> of(List<BackupSet> sets) throws IOException, InterruptedException {
    var found = new ArrayList<Difference>();
    for (var set : sets) {
      var state = SetState.of(declarations.state(), set.name());
      if (Catalog.exists(state.catalog())) {
        try (var catalog = Catalog.openToRead(state.catalog(), PATIENCE)) {
          found.addAll(of(set, catalog));
        }
      } else {
        found.add(new Difference(subject(set), false, "has not run yet"));
      }
    }
    return found;
  }

  private List<Difference> of(BackupSet set, Catalog catalog) {
    var found = new ArrayList<Difference>();
    var inputs = RetentionInputs.of(catalog, set);
    var images = inputs.images();
    moved(set, catalog).forEach(found::add);
    var now = Instant.now(clock);
    var rules = RetentionInputs.rules(declarations.project(), set);
    int expiring =
        (int)
            Retention.decide(images, rules, now).values().stream()
                .filter(RetentionVerdict::expires)
                .count();
    RetentionInputs.brakes(declarations.project())
        .holding(expiring, images.size(), RetentionInputs.times(catalog), now)
        .stream()
        .map(Brake::text)
        .forEach(text -> found.add(new Difference(subject(set), true, text)));
    var last = catalog.runs().list().stream().filter(Backup::isWhole).findFirst();
    var same =
        last.flatMap(run -> run.configCommit())
            .filter(commit -> declarations.commit().filter(commit::equals).isPresent());
    if (same.isEmpty()) {
      found.add(
          new Difference(
              subject(set), false, "its last run was of another commit, or of none that is known"));
    }
    return found;
  }

  private static List<Difference> moved(BackupSet set, Catalog catalog) {
    long elsewhere =
        Settled.elsewhere(catalog, set).values().stream().mapToLong(Long::longValue).sum();
    return elsewhere == 0
        ? List.of()
        : List.of(
            new Difference(
                subject(set),
                true,
                elsewhere
                    + " of its images lie in another storage than where.storage names now, and"
                    + " are not found from here"));
  }

  private static String subject(BackupSet set) {
    return "set " + set.name();
  }
}
