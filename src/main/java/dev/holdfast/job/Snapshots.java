package dev.holdfast.job;

import dev.holdfast.catalog.Snapshot;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.Shelf.Held;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Declarations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The snapshots of a set's catalog on its own storage and on those that it copies to. The own one
/// must answer; a further one that does not is told and left out. Used by one thread.
final class Snapshots {
  private final BackupSet set;
  private final MediaStorage own;
  private final List<MediaStorage> further;
  private final Consumer<String> notes;
  private Optional<List<Kept>> read = Optional.empty();

  Snapshots(BackupSet set, MediaStorage own, List<MediaStorage> further, Consumer<String> notes) {
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
    return new Snapshots(set, own, further, notes);
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

  MediaStorage own() {
    return own;
  }

  /// Asks the shelf: it tells a disk that is away from one that was never used.
  boolean isOnOwn() throws IOException {
    return records().stream().anyMatch(record -> record.storage().equals(own));
  }

  boolean areOnCopies() throws IOException {
    return records().stream().anyMatch(record -> !record.storage().equals(own));
  }

  /// Told of those that cannot be trusted.
  List<Found> newestFirst() throws IOException {
    if (records().isEmpty()) {
      notes.accept("the storage holds no catalog snapshot of set " + set.name());
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
                set.name(),
                storage.equals(own.name()) ? "" : " on storage '" + storage + "'",
                further.isEmpty() ? "media are read" : "another one is, or media are read",
                cause));
  }

  private Optional<Found> found(Kept record) {
    var storage = record.storage().name();
    return switch (Snapshot.read(record.held().bytes(), set.name())) {
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
      on(own).ifPresent(records::add);
      further.forEach(storage -> onFurther(storage).ifPresent(records::add));
      read = Optional.of(List.copyOf(records));
    }
    return read.get();
  }

  private Optional<Kept> onFurther(MediaStorage storage) {
    try {
      return on(storage);
    } catch (IOException away) {
      notes.accept(
          "storage '%s' cannot say whether it holds anything of set %s: %s"
              .formatted(storage.name(), set.name(), Reason.of(away)));
      return Optional.empty();
    }
  }

  private Optional<Kept> on(MediaStorage storage) throws IOException {
    return storage.shelf().read(Refill.name(set.name())).map(held -> new Kept(storage, held));
  }
}
