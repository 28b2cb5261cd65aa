package dev.holdfast.model;

/// How the stream of an image is compressed: by zstd inside Holdfast, in frames, or not at all.
public sealed interface Compression {

  /// Frames hold the bytes as they are (zstd raw blocks are not used; the stream is plain tar).
  record None() implements Compression {}

  /// `level` 1..19; `fast` is 1, `best` is 19, `custom` is the administrator's own number.
  record Zstd(int level) implements Compression {
    public Zstd {
      if (level < 1 || level > 19) {
        throw new IllegalArgumentException("zstd level is 1..19, was " + level);
      }
    }
  }

  Compression FAST = new Zstd(1);
  Compression BEST = new Zstd(19);
  Compression NONE = new None();
}
