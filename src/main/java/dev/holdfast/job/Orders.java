package dev.holdfast.job;

import dev.holdfast.model.OneShot;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Orders what the next dump of a source must be, or takes the order back.
public final class Orders {
  private final Declarations declarations;
  private final BackupSet set;
  private final Consumer<String> notes;

  /// An order for one set.
  ///
  /// @param notes is told what a person should know
  public Orders(Declarations declarations, BackupSet set, Consumer<String> notes) {
    this.declarations = declarations;
    this.set = set;
    this.notes = notes;
  }

  /// Takes the place of what was ordered before.
  ///
  /// @param command empty = what was ordered is forgotten
  /// @param patience how long to wait for a run that has the catalog
  /// @throws dev.holdfast.model.HoldfastException LOCKED when the run does not end in time
  public void order(SourceName source, Optional<OneShot> command, Clock clock, Duration patience)
      throws IOException, InterruptedException {
    new SharedChange(declarations, set, "an order", clock, notes)
        .make(
            patience,
            catalog ->
                command.ifPresentOrElse(
                    wanted -> catalog.plans().order(source, wanted, Instant.now(clock)),
                    () -> catalog.plans().obeyed(source)));
  }
}
