package dev.holdfast.job;

import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.driver.Storages;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.model.declared.Tape;
import dev.holdfast.model.declared.Transfer;
import java.util.Optional;

/// The storages that images of a set may lie on, by name: its own, those it copies to, and any
/// other that is declared, because a copy outlives the line that asked for it.
record DeclaredStorages(Declarations declarations, BackupSet set) {

  /// Empty when it is declared no more, or is of a kind that this release cannot read.
  Optional<MediaStorage> open(String name) {
    try {
      return Optional.ofNullable(declarations.storages().get(name)).map(this::open);
    } catch (HoldfastException notYet) {
      return Optional.empty();
    }
  }

  /// As the set uses it. Touches nothing yet.
  ///
  /// @throws HoldfastException CONFIG for a kind that this release cannot write
  MediaStorage open(Storage storage) {
    return Storages.open(storage, StorageUses.of(declarations, transfer(storage)));
  }

  private Optional<Transfer> transfer(Storage storage) {
    return storage.name().equals(set.storage().name())
        ? set.where().transfer()
        : set.copyTo(storage.name()).flatMap(copy -> copy.terms().transfer());
  }

  /// How far its bytes are: less is nearer.
  int distance(String name) {
    var storage = declarations.storages().get(name);
    if (storage == null) {
      return Integer.MAX_VALUE;
    }
    return switch (storage.spec()) {
      case Disk _ -> 0;
      case S3 _ -> 1;
      case Tape _ -> 2;
    };
  }
}
