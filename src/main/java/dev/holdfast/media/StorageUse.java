package dev.holdfast.media;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.Transfer;
import java.time.Clock;
import java.util.List;

/// How somebody uses a storage: what a driver needs beyond what the storage itself declares.
///
/// @param transfer threads and speed, as the set or its copy wants them
/// @param clock in the zone that tables of speeds are written in
public record StorageUse(SecretSource secrets, Transfer transfer, Clock clock) {
  private static final int USUAL_THREADS = 4;

  /// No secrets and no limits: enough for disks, and for looking at declarations.
  public static StorageUse plain() {
    return new StorageUse(StorageUse::none, unlimited(), Clock.systemUTC());
  }

  /// What holds where nothing is declared.
  public static Transfer unlimited() {
    return new Transfer(USUAL_THREADS, USUAL_THREADS, List.of());
  }

  private static String none(dev.holdfast.model.declared.Secret secret) {
    throw new HoldfastException(
        ExitCode.SECRET,
        new Problem("", "no secrets were given to read " + secret.secretRef(), "this is a bug"));
  }
}
