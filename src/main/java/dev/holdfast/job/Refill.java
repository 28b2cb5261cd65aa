package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.Snapshot;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.Sighting;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SetName;
import dev.holdfast.model.ToldFailure;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Fills an empty state directory from the set's storages: the catalog from the newest snapshot
/// that a run left on one of them, then whatever the set's own storage holds beyond it; from media
/// alone where every snapshot is missing or damaged. The catalog appears whole or not at all. A
/// state directory that holds anything is never touched.
///
/// A storage of the set's own that does not answer is away, and nothing is refilled from a copy in
/// its place. One that answers and holds nothing of the set was lost, or is another one: what the
/// copies hold is shown and restored then, and a run writes nothing until a person has said which.
public final class Refill {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BackupSet set;
  private final SetState state;
  private final MediaStorage storage;
  private final Snapshots snapshots;
  private final Consumer<String> notes;

  /// What came of it.
  public sealed interface Result {

    /// There is something to look at now.
    record Refilled() implements Result {}

    /// The state directory knows something already, or the storage holds nothing of the set.
    record NotNeeded() implements Result {}

    /// What was backed up is not known here, and the storage cannot say it now.
    ///
    /// @param exit TEMPFAIL, or STORAGE when a person must see to it first
    record Away(ExitCode exit, Problem problem) implements Result {}
  }

  /// @param snapshots on the set's own storage and on those that it copies to
  Refill(BackupSet set, SetState state, Snapshots snapshots, Consumer<String> notes) {
    this.set = set;
    this.state = state;
    this.storage = snapshots.own();
    this.snapshots = snapshots;
    this.notes = notes;
  }

  /// For commands that only read. Takes no lease: what a run is writing is not whole and not seen.
  ///
  /// @param notes is told what a person should know
  /// @throws HoldfastException LOCKED when another process has the state directory for too long,
  ///     CONFIG when the storage is of a kind that is not available
  public static Result ifEmpty(Declarations declarations, BackupSet set, Consumer<String> notes)
      throws IOException, InterruptedException {
    var state = SetState.of(declarations.state(), set.name());
    if (!state.isEmpty()) {
      return new Result.NotNeeded();
    }
    var refill = new Refill(set, state, Snapshots.of(declarations, set, notes), notes);
    try {
      return refill.isWorthIt() ? refill.locked() : new Result.NotNeeded();
    } catch (IOException away) {
      return refill.away(away);
    }
  }

  /// For a run, which holds the set's locks: the state directory is empty.
  Result fill() throws InterruptedException {
    try {
      return filled();
    } catch (IOException away) {
      return away(away);
    }
  }

  private Result filled() throws IOException, InterruptedException {
    if (!isWorthIt()) {
      return new Result.NotNeeded();
    }
    boolean isLost = isLost();
    var found = snapshots.newestFirst();
    if (!isRefilled(found)) {
      if (isLost) {
        return new Result.Away(ExitCode.TEMPFAIL, unreadableCopies());
      }
      rebuilt();
    }
    if (isLost) {
      notes.accept(lost());
    }
    DurableFiles.publish(state.refill(), state.catalog());
    CrashPoint.CATALOG_REFILLED.reached();
    return new Result.Refilled();
  }

  private Result locked() throws IOException, InterruptedException {
    state.create();
    var lock =
        OsLock.acquire(
            state.runLock(), "process " + ProcessHandle.current().pid() + " (refill)", PATIENCE);
    if (lock.isEmpty()) {
      throw new HoldfastException(
          ExitCode.LOCKED,
          new Problem(
              "set " + set.name(),
              "its state directory is in use by " + OsLock.holder(state.runLock()),
              "wait for it to end, then type this again"));
    }
    try (var _ = lock.get()) {
      return state.isEmpty() ? filled() : new Result.Refilled();
    }
  }

  /// From the newest that can be used.
  private boolean isRefilled(List<Snapshots.Found> found) throws IOException, InterruptedException {
    for (var one : found) {
      if (isRefilled(one)) {
        return true;
      }
    }
    return false;
  }

  private boolean isRefilled(Snapshots.Found found) throws IOException, InterruptedException {
    DurableFiles.deleteTree(state.refill());
    try (var catalog = Catalog.open(state.refill(), PATIENCE)) {
      found.snapshot().fill(catalog);
      finish(catalog, "refilled from the snapshot of " + found.text(storage.name()));
      return true;
    } catch (Snapshot.UnusableException unusable) {
      snapshots.unusable(found.storage(), Reason.of(unusable));
      return false;
    }
  }

  /// From the beginning: nothing of an unusable snapshot is mixed with what media say.
  private void rebuilt() throws IOException, InterruptedException {
    DurableFiles.deleteTree(state.refill());
    try (var catalog = Catalog.open(state.refill(), PATIENCE)) {
      finish(catalog, "rebuilt from media");
    }
  }

  private void finish(Catalog catalog, String how) throws IOException {
    catalog.images().abandonAll();
    var found = new CatchUp(set, storage, catalog).run();
    notes.accept(
        "the state directory knew nothing of set %s: catalog %s, %d volumes%s"
            .formatted(
                set.name(),
                how,
                found.volumes().size(),
                found.text().isEmpty() ? "" : ", " + found.text()));
    found.problems().forEach(problem -> notes.accept(problem.line()));
  }

  /// One of the storages has something of the set.
  private boolean isWorthIt() throws IOException {
    return !isLost() || snapshots.areOnFurther();
  }

  /// The set's own storage answers, and has nothing of the set.
  private boolean isLost() throws IOException {
    return !snapshots.isOnOwn() && !hasVolumes();
  }

  private boolean hasVolumes() throws IOException {
    try {
      return storage.scan().stream()
          .anyMatch(
              sighting ->
                  sighting instanceof Sighting.Labelled labelled
                      && labelled.label().set().equals(set.name()));
    } catch (NoSuchFileException neverUsed) {
      return false;
    }
  }

  private String lost() {
    return ("storage '%s' holds nothing of set %s: its images are read from copies, and a run writes"
            + " nothing; bring the storage back, or, when it is lost for good, type 'holdfast"
            + " catalog rebuild %s' and then run")
        .formatted(storage.name(), set.name(), set.name());
  }

  private Problem unreadableCopies() {
    return new Problem(
        "set " + set.name(),
        "the state directory knows nothing of it, storage '"
            + storage.name()
            + "' holds nothing of it, and no catalog snapshot on its copies can be used",
        "bring the storage back; when it is lost for good, 'holdfast catalog rebuild "
            + set.name()
            + "' reads the copies");
  }

  private Result away(IOException cause) {
    var told = ToldFailure.of(cause);
    var first =
        told.map(known -> known.problem().hint())
            .orElse("see that the storage is there, then type this again");
    var whenLost =
        set.copies().isEmpty()
            ? ""
            : "; when it is lost for good, 'holdfast catalog rebuild "
                + set.name()
                + "' lists what its copies hold";
    return new Result.Away(
        told.map(ToldFailure::exit).orElse(ExitCode.TEMPFAIL),
        new Problem(
            "set " + set.name(),
            "the state directory knows nothing of it, and its storage '"
                + storage.name()
                + "' cannot be read: "
                + Reason.of(cause),
            first + whenLost));
  }

  static String name(SetName set) {
    return set + "/catalog";
  }
}
