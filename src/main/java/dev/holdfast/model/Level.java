package dev.holdfast.model;

/// A dump level: 0 is full, 1..9 is what changed since the newest image of a lower level.
public record Level(int value) implements Comparable<Level> {
  public static final Level FULL = new Level(0);
  public static final int MAX = 9;

  public Level {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException("level is 0..9, was " + value);
    }
  }

  public static Level of(int value) {
    return new Level(value);
  }

  public boolean isFull() {
    return value == 0;
  }

  @Override
  public int compareTo(Level other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
