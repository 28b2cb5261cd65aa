package dev.holdfast.model;

/// A source's name: letters, digits, dot, dash and underscore, at most 255.
public record SourceName(String value) implements Comparable<SourceName> {
  public SourceName {
    Names.check(Names.RELAXED, "source name", value);
  }

  @Override
  public int compareTo(SourceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
