package dev.holdfast.media.driver.s3;

/// How a file is cut for sending: one piece up to 16 MiB, else pieces of at least that and at most
/// 10,000 of them, which S3 does not exceed.
///
/// @param count pieces, from 1
record Chunks(long size, long chunk, int count) {
  static final long SMALLEST = 16L << 20;
  private static final long MOST = 9_000;
  private static final long MIB = 1L << 20;

  static Chunks of(long size) {
    long needed = (size + MOST - 1) / MOST;
    long chunk = Math.max(SMALLEST, (needed + MIB - 1) / MIB * MIB);
    return new Chunks(size, chunk, (int) Math.max(1, (size + chunk - 1) / chunk));
  }

  boolean isSingle() {
    return count == 1;
  }

  /// @param number from 1
  long from(int number) {
    return (number - 1) * chunk;
  }

  long length(int number) {
    return Math.min(chunk, size - from(number));
  }
}
