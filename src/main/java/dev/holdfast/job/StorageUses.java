package dev.holdfast.job;

import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.StorageUse;
import dev.holdfast.media.driver.Storages;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.model.declared.Transfer;
import java.time.Clock;
import java.util.Optional;

/// How sets use storages: with the secrets of this host, and the threads and speed that they want.
final class StorageUses {

  private StorageUses() {}

  /// @param transfer of the set, or of its copy
  static StorageUse of(Declarations declared, Optional<Transfer> transfer) {
    return new StorageUse(
        Secrets.of(declared),
        transfer.orElseGet(StorageUse::unlimited),
        Clock.system(declared.project().settings().timezone()));
  }

  /// The storage of a set, as the set uses it.
  static MediaStorage open(Declarations declared, BackupSet set) {
    return Storages.open(set.storage(), of(declared, set.where().transfer()));
  }

  /// A storage for whoever is no set's: without limits.
  static MediaStorage open(Declarations declared, Storage storage) {
    return Storages.open(storage, of(declared, Optional.empty()));
  }

  /// Before anything is locked or dumped.
  ///
  /// @throws dev.holdfast.model.HoldfastException (SECRET) for the first that has no value
  static void refuseUnresolved(Declarations declared, Storage storage) {
    if (storage.spec() instanceof S3 s3) {
      var secrets = Secrets.of(declared);
      s3.secrets().forEach(secrets::value);
    }
  }
}
