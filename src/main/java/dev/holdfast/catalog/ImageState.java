package dev.holdfast.catalog;

/// Where an image stands. `PLANNED -> STAGED -> WRITING -> STORED`; an image that does not go
/// through staging is `WRITING` from its first byte.
public enum ImageState {
  PLANNED,
  STAGED,
  WRITING,
  STORED,
  FAILED,
  ABANDONED;

  /// What an image may be in that exists.
  boolean exists() {
    return this == STAGED || this == WRITING || this == STORED;
  }
}
