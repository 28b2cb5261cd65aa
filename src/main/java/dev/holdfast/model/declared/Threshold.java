package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;

/// A limit given as a size or as a share of a file system's total.
public sealed interface Threshold {
  record Bytes(ByteSize size) implements Threshold {}

  record Percent(int percent) implements Threshold {
    public Percent {
      if (percent < 0 || percent > 100) {
        throw new IllegalArgumentException("a percentage is 0..100, was " + percent);
      }
    }
  }

  /// The limit in bytes on a file system of `total` bytes.
  default long of(long total) {
    return switch (this) {
      case Bytes(var size) -> size.bytes();
      case Percent(var percent) -> total / 100 * percent;
    };
  }
}
