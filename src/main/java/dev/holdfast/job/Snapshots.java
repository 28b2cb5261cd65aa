package dev.holdfast.job;

import dev.holdfast.catalog.Snapshot;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.Shelf.Held;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Declarations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The snapshots of a set's catalog on its own storage and on further ones. The own one must
/// answer; a further one that does not is told and left out. Used by one thread.
final class Snapshots {
  private final SetName set;
  private final Optional<MediaStorage> own;
  private final List<MediaStorage> further;
  private final Consumer<String> notes;
  private final List<String> silent = new ArrayList<>();
  private Optional<List<Kept>> read = Optional.empty();

  /// @param own empty for a set that is declared no more: nobody says which storage that was
  Snapshots(
      SetName set, Optional<MediaStorage> own, List<MediaStorage> further, Consumer<String> notes) {
    this.set = set;
    this.own = own;
    this.further = List.copyOf(further);
    this.notes = notes;
  }

  /// Those that are declared.
  static Snapshots of(Declarations declarations, BackupSet set, Consumer<String> notes) {
    return of(declarations, set, StorageUses.open(declarations, set), notes);
  }

  static Snapshots of(
      Declarations declarations, BackupSet set, MediaStorage own, Consumer<String> notes) {
    var declared = new DeclaredStorages(declarations, set);
    var further =
        set.copies().stream()
            .map(CopyTarget::storage)
            .flatMap(storage -> declared.open(storage.name()).stream())
            .toList();
    return new Snapshots(set.name(), Optional.of(own), further, notes);
  }

  /// One that can be trusted.
  record Found(String storage, Snapshot snapshot) {

    /// @param own the storage that goes without saying
    String text(String own) {
      return storage.equals(own) ? snapshot.by() : snapshot.by() + " on storage '" + storage + "'";
    }
  }

  /// What stands on a storage under the snapshot's name.
  private record Kept(MediaStorage storage, Held held) {}

  /// Of a set that is declared.
  MediaStorage own() {
    return own.orElseThrow();
  }

  /// Asks the shelf: it tells a disk that is away from one that was never used.
  boolean isOnOwn() throws IOException {
    return records().stream().anyMatch(record -> isOwn(record.storage().name()));
  }

  boolean areOnFurther() throws IOException {
    return records().stream().anyMatch(record -> !isOwn(record.storage().name()));
  }

  /// The further ones that did not answer.
  List<String> silent() throws IOException {
    records();
    return List.copyOf(silent);
  }

  /// Told of those that cannot be trusted.
  List<Found> newestFirst() throws IOException {
    if (records().isEmpty()) {
      notes.accept("the storage holds no catalog snapshot of set " + set);
    }
    return records().stream()
        .flatMap(record -> found(record).stream())
        .sorted(Comparator.comparing(Found::snapshot).reversed())
        .toList();
  }

  void unusable(String storage, String cause) {
    notes.accept(
        "the catalog snapshot of set %s%s cannot be used, %s instead: %s"
            .formatted(
                set,
                isOwn(storage) ? "" : " on storage '" + storage + "'",
                further.isEmpty() ? "media are read" : "another one is, or media are read",
                cause));
  }

  private Optional<Found> found(Kept record) {
    var storage = record.storage().name();
    return switch (Snapshot.read(record.held().bytes(), set)) {
      case Snapshot.ReadResult.Read(var snapshot) -> Optional.of(new Found(storage, snapshot));
      case Snapshot.ReadResult.Unreadable(var cause) -> {
        unusable(storage, cause);
        yield Optional.empty();
      }
    };
  }

  private List<Kept> records() throws IOException {
    if (read.isEmpty()) {
      var records = new ArrayList<Kept>();
      if (own.isPresent()) {
        on(own.get()).ifPresent(records::add);
      }
      further.forEach(storage -> onFurther(storage).ifPresent(records::add));
      read = Optional.of(List.copyOf(records));
    }
    return read.get();
  }

  private Optional<Kept> onFurther(MediaStorage storage) {
    try {
      return on(storage);
    } catch (IOException away) {
      return nothing(storage, away);
    } catch (HoldfastException notForUs) {
      if (own.isPresent()) {
        throw notForUs;
      }
      return nothing(storage, notForUs);
    }
  }

  private Optional<Kept> nothing(MediaStorage storage, Exception cause) {
    silent.add(storage.name());
    notes.accept(
        "storage '%s' cannot say whether it holds anything of set %s: %s"
            .formatted(storage.name(), set, Reason.of(cause)));
    return Optional.empty();
  }

  private boolean isOwn(String storage) {
    return own.filter(one -> one.name().equals(storage)).isPresent();
  }

  private Optional<Kept> on(MediaStorage storage) throws IOException {
    return storage.shelf().read(Refill.name(set)).map(held -> new Kept(storage, held));
  }
}
