package dev.holdfast.media.driver.s3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which volumes this process is writing: a bucket has no locks of its own. Other processes are
/// kept away by the lock of the set, and no key is ever written twice. Thread-safe.
final class OpenVolumes {
  private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

  private OpenVolumes() {}

  /// False when it is open already.
  static boolean take(String volume) {
    return OPEN.add(volume);
  }

  static void release(String volume) {
    OPEN.remove(volume);
  }
}
