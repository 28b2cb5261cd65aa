package dev.holdfast.model.declared;

/// How many warnings of a class still count as a good dump; one more makes the source PARTIAL.
/// Damaged (shrunk and padded) members are never tolerated silently.
public record Tolerate(
    @Key(value = "files that vanished before they were read", initially = "100") long vanished,
    @Key(value = "files that changed while they were read", initially = "50") long changedWhileRead,
    @Key(value = "files that could not be read", initially = "0") long unreadable,
    @Key(value = "anything else the dump program said", initially = "0") long other) {

  public static Tolerate defaults() {
    return new Tolerate(100, 50, 0, 0);
  }
}
