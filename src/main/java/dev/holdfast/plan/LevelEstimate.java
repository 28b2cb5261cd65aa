package dev.holdfast.plan;

import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Estimate;

/// How large a dump at one level is expected to be.
///
/// @param raw what the dump program will give
/// @param storedBytes what staging and media will hold, after compression
public record LevelEstimate(Estimate raw, long storedBytes) {
  /// Header blocks of one part, INDEX, STATE and MANIFEST.
  static final long IMAGE_OVERHEAD = 4 * (32L << 10);

  public LevelEstimate {
    if (storedBytes < 0) {
      throw new IllegalArgumentException("an estimate is not negative, was " + storedBytes);
    }
  }

  /// Bytes that the image takes in staging and on media, its headers with it.
  public long cost() {
    return storedBytes + IMAGE_OVERHEAD;
  }

  /// An upper bound says nothing about one level against another.
  boolean isComparable() {
    return raw.method() != Estimate.Method.USAGE;
  }

  String human() {
    return new ByteSize(storedBytes).human();
  }
}
