package dev.holdfast.media.driver;

import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.driver.disk.DiskStorage;
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
  public static MediaStorage open(Storage storage) {
    return switch (storage.spec()) {
      case Disk disk -> new DiskStorage(storage.name(), disk, storage.archived());
      case Tape _ -> throw notYet(storage, "tape");
      case S3 _ -> throw notYet(storage, "s3");
    };
  }

  private static HoldfastException notYet(Storage storage, String kind) {
    return new HoldfastException(
        ExitCode.CONFIG,
        new Problem(
            storage.about().place().toString(),
            "storage '%s' is of type %s, which is not available yet"
                .formatted(storage.name(), kind),
            "use a storage of type disk"));
  }
}
