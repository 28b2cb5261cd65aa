package dev.holdfast.staging;

/// What came of asking for room in staging.
public sealed interface ReserveResult {
  record Granted(Reservation reservation) implements ReserveResult {}

  /// Never fits, even into an empty staging: more than `limit` bytes.
  record TooLarge(long limit) implements ReserveResult {}

  /// Does not fit now, because other images are there: `free` bytes are left.
  record NoRoom(long free) implements ReserveResult {}
}
