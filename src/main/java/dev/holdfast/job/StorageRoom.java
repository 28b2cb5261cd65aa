package dev.holdfast.job;

import dev.holdfast.media.CheckResult;
import dev.holdfast.media.Limits;
import dev.holdfast.media.MediaStorage;
import java.io.IOException;
import java.util.OptionalLong;

/// What a storage can still take. Plans reckon with the declared volumes only: a file system that
/// fills up is a fault for a person, and what is dumped meanwhile waits in staging, where leaving a
/// source out would save nobody.
record StorageRoom(MediaStorage storage) {

  /// Bytes within the declared volumes; empty without a bound.
  ///
  /// @throws IOException when the storage cannot be looked at
  OptionalLong declared() throws IOException {
    var limits = storage.limits();
    return isBound(limits)
        ? OptionalLong.of(
            Math.max(
                0,
                limits.volumes() * limits.volumeSize().orElseThrow().bytes()
                    - storage.space().used()))
        : OptionalLong.empty();
  }

  /// The same for a run, whose storage may be away: that is no reason to dump less.
  OptionalLong declaredIfThere(RunScope scope) {
    return isThere(scope) ? quietly(this::declared) : OptionalLong.empty();
  }

  /// Bytes that can be written now: within the declared volumes, and above the reserve of free
  /// space; empty when the storage is away.
  OptionalLong now(RunScope scope) {
    if (!isThere(scope)) {
      return OptionalLong.empty();
    }
    return quietly(
        () ->
            OptionalLong.of(
                Math.max(
                    0, Math.min(storage.limits().headroom(), declared().orElse(Long.MAX_VALUE)))));
  }

  private boolean isThere(RunScope scope) {
    return storage.check(scope.knownLabels()) instanceof CheckResult.Usable;
  }

  private static boolean isBound(Limits limits) {
    return limits.volumes() > 0 && limits.volumeSize().isPresent();
  }

  /// It was there a moment ago: whoever writes to it will say what is wrong.
  private static OptionalLong quietly(Look look) {
    try {
      return look.at();
    } catch (IOException goneMeanwhile) {
      return OptionalLong.empty();
    }
  }

  private interface Look {
    OptionalLong at() throws IOException;
  }
}
