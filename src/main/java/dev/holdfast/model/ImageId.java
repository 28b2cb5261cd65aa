package dev.holdfast.model;

/// An image's identity, for ever: `20261124T213000Z-4f1c09aa31d2`. Sorts by time of planning.
public record ImageId(String value) implements Comparable<ImageId> {
  public ImageId {
    Names.check(Names.RELAXED, "image id", value);
  }

  @Override
  public int compareTo(ImageId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
