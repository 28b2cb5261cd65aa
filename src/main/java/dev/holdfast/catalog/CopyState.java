package dev.holdfast.catalog;

/// Where a copy of an image stands.
public enum CopyState {
  WRITING,
  STORED
}
