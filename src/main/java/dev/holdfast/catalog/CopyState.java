package dev.holdfast.catalog;

/// Where a copy of an image stands. `WRITING -> STORED`; at the end of its life `EXPIRED`, while
/// its files are removed, and then `PRUNED`: it is not copied again.
public enum CopyState {
  WRITING,
  STORED,
  EXPIRED,
  PRUNED
}
