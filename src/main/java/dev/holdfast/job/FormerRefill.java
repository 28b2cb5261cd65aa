package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.Snapshot;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.model.declared.Tolerate;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Fills an empty state directory for a set that is declared no more. Nothing says any longer where
/// it lies, so every declared storage is asked for a snapshot of its catalog; the newest one names
/// the set's own storage, which is then looked through for what it holds beyond it. Used by one
/// thread.
final class FormerRefill {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Declarations declarations;
  private final SetName set;
  private final SetState state;
  private final Snapshots snapshots;
  private final Consumer<String> notes;

  FormerRefill(Declarations declarations, SetName set, Consumer<String> notes) {
    this.declarations = declarations;
    this.set = set;
    this.state = SetState.of(declarations.state(), set);
    var everywhere = declarations.storages().values().stream().flatMap(this::opened).toList();
    this.snapshots = new Snapshots(set, Optional.empty(), everywhere, notes);
    this.notes = notes;
  }

  /// Before anything is made for a set that perhaps never was.
  ///
  /// @throws HoldfastException NOT_FOUND when no storage knows the set, TEMPFAIL when one that did
  ///     not answer may
  void check() throws IOException {
    if (!state.isEmpty() || snapshots.areOnFurther()) {
      return;
    }
    var silent = snapshots.silent();
    throw silent.isEmpty()
        ? refused(
            ExitCode.NOT_FOUND,
            "neither the state directory nor a declared storage knows a set of this name",
            "correct the name, or declare the storage again that it lies on")
        : refused(
            ExitCode.TEMPFAIL,
            "the state directory knows nothing of it, and storage '"
                + String.join("', '", silent)
                + "' does not answer",
            "see that the storage is there, then type this again");
  }

  /// For whoever holds the set's lock.
  ///
  /// @throws HoldfastException DAMAGED when no snapshot can be used
  void fill() throws IOException, InterruptedException {
    if (!state.isEmpty()) {
      return;
    }
    for (var found : snapshots.newestFirst()) {
      if (isFilled(found)) {
        DurableFiles.publish(state.refill(), state.catalog());
        CrashPoint.CATALOG_REFILLED.reached();
        return;
      }
    }
    throw refused(
        ExitCode.DAMAGED,
        "no catalog snapshot of it can be used, and nothing else says where it lies",
        "declare the set again, type 'holdfast catalog rebuild " + set + "', and remove it again");
  }

  private boolean isFilled(Snapshots.Found found) throws IOException, InterruptedException {
    DurableFiles.deleteTree(state.refill());
    try (var catalog = Catalog.open(state.refill(), PATIENCE)) {
      found.snapshot().fill(catalog);
      catalog.images().abandonAll();
      notes.accept(
          "the state directory knew nothing of set %s: catalog refilled from the snapshot of %s"
              .formatted(set, found.text("")));
      for (var home : Purge.homes(catalog)) {
        catchUp(home, catalog);
      }
      return true;
    } catch (Snapshot.UnusableException unusable) {
      snapshots.unusable(found.storage(), Reason.of(unusable));
      return false;
    }
  }

  /// One that is away is no reason to stop: what there is of the set is dealt with when it is back.
  private void catchUp(String home, Catalog catalog) {
    var storage = Optional.ofNullable(declarations.storages().get(home)).stream();
    for (var one : storage.flatMap(this::opened).toList()) {
      try {
        var found =
            new CatchUp(
                    set, manifest -> Recovery.verdict(Tolerate.defaults(), manifest), one, catalog)
                .run();
        Stream.concat(
                Stream.of(found.text()).filter(text -> !text.isEmpty()),
                found.problems().stream().map(Problem::line))
            .forEach(notes);
      } catch (IOException away) {
        notes.accept(
            "storage '%s' could not be looked through for what its snapshot does not know: %s"
                .formatted(home, Reason.of(away)));
      }
    }
  }

  /// Nothing for a kind that this release cannot read.
  private Stream<MediaStorage> opened(Storage storage) {
    try {
      return Stream.of(StorageUses.open(declarations, storage));
    } catch (HoldfastException notYet) {
      return Stream.of();
    }
  }

  private HoldfastException refused(ExitCode exit, String fact, String hint) {
    return new HoldfastException(exit, new Problem("set " + set, fact, hint));
  }
}
