package dev.holdfast.catalog;

/// Where an image stands. `PLANNED -> STAGED -> WRITING -> STORED`; an image that does not go
/// through staging is `WRITING` from its first byte. At the end of its life a stored one is
/// `EXPIRED`, while its files are removed, and then `PRUNED`. `COPIED` is an image that the set's
/// own storage does not hold (any more), and a further storage does.
public enum ImageState {
  PLANNED,
  STAGED,
  WRITING,
  STORED,
  COPIED,
  FAILED,
  ABANDONED,
  EXPIRED,
  PRUNED;

  /// What an image may be in that exists.
  boolean exists() {
    return this == STAGED || this == WRITING || this == STORED || this == COPIED;
  }
}
