package dev.holdfast.media.driver.s3;

import org.jspecify.annotations.Nullable;

/// Whether a server's CRC32C sums prove what it has, as its answers have shown: one that hands back
/// the sum of what it took has compared it. Until that is seen, an MD5 is made of every piece, for
/// the etag. Thread-safe.
final class ServerSums {
  private volatile State state = State.UNKNOWN;

  private enum State {
    UNKNOWN,
    HANDED_BACK,
    /// Of pieces perhaps, but not of the object that they make.
    WITHHELD
  }

  /// The answer to a piece.
  ///
  /// @param answered its sum as the server has it, null when it says none
  void answered(@Nullable String answered, Sums sent) {
    if (sent.crc32c().equals(answered) && state == State.UNKNOWN) {
      state = State.HANDED_BACK;
    }
  }

  /// An object came whose sums it had been sent, and it does not say them.
  void withheld() {
    state = State.WITHHELD;
  }

  boolean areProof() {
    return state == State.HANDED_BACK;
  }
}
