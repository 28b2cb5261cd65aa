package dev.holdfast.model.declared;

/// How many warnings of a class still count as a good dump; one more makes the source PARTIAL.
/// Damaged (shrunk and padded) members are never tolerated silently.
public record Tolerate(long vanished, long changedWhileRead, long unreadable, long other) {

  public static Tolerate defaults() {
    return new Tolerate(100, 50, 0, 0);
  }
}
