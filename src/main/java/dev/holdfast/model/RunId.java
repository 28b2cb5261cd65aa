package dev.holdfast.model;

/// A run's identity: `20261124T213000Z-4f1c`. Sorts by start.
public record RunId(String value) implements Comparable<RunId> {
  public RunId {
    Names.check(Names.RELAXED, "run id", value);
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
