package dev.holdfast.media.driver;

import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.StorageUse;
import dev.holdfast.media.driver.disk.DiskStorage;
import dev.holdfast.media.driver.s3.S3Storage;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.model.declared.Tape;

/// From a declared storage to the driver of its kind.
public final class Storages {

  private Storages() {}

  /// Touches nothing yet.
  ///
  /// @throws HoldfastException (CONFIG) for a kind that this release cannot write
  public static MediaStorage open(Storage storage, StorageUse use) {
    return switch (storage.spec()) {
      case Disk disk -> new DiskStorage(storage.name(), disk, storage.archived());
      case Tape _ -> throw notYet(storage, "tape");
      case S3 s3 -> new S3Storage(storage.name(), s3, storage.archived(), use);
    };
  }

  /// The same with neither secrets nor limits, where the kind needs none.
  public static MediaStorage open(Storage storage) {
    return open(storage, StorageUse.plain());
  }

  private static HoldfastException notYet(Storage storage, String kind) {
    return new HoldfastException(
        ExitCode.CONFIG,
        new Problem(
            storage.about().place().toString(),
            "storage '%s' is of type %s, which is not available yet"
                .formatted(storage.name(), kind),
            "use a storage of type disk or s3"));
  }
}
