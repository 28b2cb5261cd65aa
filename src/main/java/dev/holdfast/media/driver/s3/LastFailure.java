package dev.holdfast.media.driver.s3;

import java.util.Optional;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// Why the last attempt of this thread's request failed: when its time is over the SDK says only
/// that, and a person needs the reason. Each thread has its own.
final class LastFailure {
  private static final ThreadLocal<Optional<Throwable>> LAST =
      ThreadLocal.withInitial(Optional::empty);

  private LastFailure() {}

  /// Told of each failure, whether it is tried again or not.
  static void note(Throwable failed) {
    LAST.set(Optional.of(failed));
  }

  static void forget() {
    LAST.remove();
  }

  /// The failure itself, or what it hides.
  static SdkException behind(SdkException failed) {
    return failed instanceof ApiCallTimeoutException && LAST.get().isPresent()
        ? LAST.get()
            .filter(SdkException.class::isInstance)
            .map(SdkException.class::cast)
            .orElse(failed)
        : failed;
  }
}
