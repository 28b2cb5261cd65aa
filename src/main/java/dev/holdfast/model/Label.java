package dev.holdfast.model;

/// A volume's name, written in its file 0 and never reused for another volume.
public record Label(String value) implements Comparable<Label> {
  public Label {
    Names.check(Names.RELAXED, "label", value);
  }

  @Override
  public int compareTo(Label other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
