package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.Snapshot;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.Shelf.Held;
import dev.holdfast.media.Sighting;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Fills an empty state directory from the set's storage: the catalog from the snapshot that the
/// last run left there, then whatever media hold beyond it; from media alone where the snapshot is
/// missing or damaged. The catalog appears whole or not at all. A state directory that holds
/// anything is never touched.
public final class Refill {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BackupSet set;
  private final SetState state;
  private final MediaStorage storage;
  private final Consumer<String> notes;

  /// What came of it.
  public sealed interface Result {

    /// There is something to look at now.
    record Refilled() implements Result {}

    /// The state directory knows something already, or the storage holds nothing of the set.
    record NotNeeded() implements Result {}

    /// What was backed up is not known here, and the storage cannot say it now.
    record Away(Problem problem) implements Result {}
  }

  Refill(BackupSet set, SetState state, MediaStorage storage, Consumer<String> notes) {
    this.set = set;
    this.state = state;
    this.storage = storage;
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
    var refill = new Refill(set, state, StorageUses.open(declarations, set), notes);
    try {
      return refill.isWorthIt() ? refill.locked() : new Result.NotNeeded();
    } catch (HoldfastException known) {
      throw known;
    } catch (IOException away) {
      return new Result.Away(refill.away(away));
    }
  }

  /// For a run, which holds the set's locks: the state directory is empty.
  ///
  /// @throws IOException when the storage cannot be read, or the state directory not be written
  Result fill() throws IOException, InterruptedException {
    if (!isWorthIt()) {
      return new Result.NotNeeded();
    }
    var snapshot = snapshot();
    if (snapshot.isEmpty() || !isRefilled(snapshot.get())) {
      rebuilt();
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
      return state.isEmpty() ? fill() : new Result.Refilled();
    }
  }

  private boolean isRefilled(Snapshot snapshot) throws IOException, InterruptedException {
    DurableFiles.deleteTree(state.refill());
    try (var catalog = Catalog.open(state.refill(), PATIENCE)) {
      snapshot.fill(catalog);
      finish(catalog, "refilled from the snapshot of " + snapshot.by());
      return true;
    } catch (Snapshot.UnusableException unusable) {
      unusable(Reason.of(unusable));
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
    found.problems().forEach(problem -> notes.accept(problem.text()));
  }

  /// The storage has something of the set. Asks the shelf first: it tells a disk that is away from
  /// one that was never used.
  private boolean isWorthIt() throws IOException {
    if (storage.shelf().read(name(set.name())).isPresent()) {
      return true;
    }
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

  private Optional<Snapshot> snapshot() throws IOException {
    var held = storage.shelf().read(name(set.name())).map(Held::bytes);
    if (held.isEmpty()) {
      notes.accept("the storage holds no catalog snapshot of set " + set.name());
      return Optional.empty();
    }
    return switch (Snapshot.read(held.get(), set.name())) {
      case Snapshot.ReadResult.Read(var snapshot) -> Optional.of(snapshot);
      case Snapshot.ReadResult.Unreadable(var cause) -> {
        unusable(cause);
        yield Optional.empty();
      }
    };
  }

  private void unusable(String cause) {
    notes.accept(
        "the catalog snapshot of set "
            + set.name()
            + " cannot be used, media are read instead: "
            + cause);
  }

  private Problem away(IOException cause) {
    return new Problem(
        "set " + set.name(),
        "the state directory knows nothing of it, and its storage cannot be read: "
            + Reason.of(cause),
        "see that the storage is there, then type this again");
  }

  static String name(SetName set) {
    return set + "/catalog";
  }
}
