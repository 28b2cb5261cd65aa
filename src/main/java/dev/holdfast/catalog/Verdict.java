package dev.holdfast.catalog;

/// Whether an image holds all that its source had.
public enum Verdict {
  OK,
  PARTIAL
}
