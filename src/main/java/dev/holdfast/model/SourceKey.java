package dev.holdfast.model;

/// A source as a member of a backup set: `SET/SOURCE`, the unit of history and of restore.
public record SourceKey(SetName set, SourceName source) {

  @Override
  public String toString() {
    return set + "/" + source;
  }
}
