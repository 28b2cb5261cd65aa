package dev.holdfast.job;

import dev.holdfast.media.CheckResult;
import java.io.IOException;
import java.util.OptionalLong;

/// What the set's storage can still take.
record StorageRoom(RunScope scope) {

  /// Bytes above the reserve of free space and within the declared volumes; empty when the storage
  /// is away, which is no reason to dump less.
  OptionalLong left() {
    var storage = scope.storage();
    if (!(storage.check(scope.knownLabels()) instanceof CheckResult.Usable)) {
      return OptionalLong.empty();
    }
    try {
      var limits = storage.limits();
      long volumes =
          limits.volumes() == 0 || limits.volumeSize().isEmpty()
              ? Long.MAX_VALUE
              : limits.volumes() * limits.volumeSize().get().bytes() - storage.space().used();
      return OptionalLong.of(Math.max(0, Math.min(limits.headroom(), volumes)));
    } catch (IOException goneMeanwhile) {
      return OptionalLong.empty();
    }
  }
}
