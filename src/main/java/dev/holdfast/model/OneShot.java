package dev.holdfast.model;

/// What a person, or the last run, ordered for the next dump of one source; it is kept until a dump
/// that obeys it succeeds.
public enum OneShot {
  /// A full, whatever the cycle says.
  FULL,
  /// A full, because the source did not answer in time for an estimate and was left out.
  FULL_AFTER_TIMEOUT,
  /// Level 1, on the newest full.
  LEVEL1,
  /// The next higher level.
  BUMP,
  /// The level of the last dump once more.
  NO_BUMP;

  /// Obeyed only by a full.
  public boolean isFull() {
    return this == FULL || this == FULL_AFTER_TIMEOUT;
  }
}
