package dev.holdfast.plan;

/// What becomes of a planned dump when there is no room for it as planned.
public sealed interface Degraded {

  /// This smaller dump is made instead.
  record Instead(Choice choice) implements Degraded {}

  /// Nothing: the source is left out, and this is why.
  record Refused(String reason) implements Degraded {}
}
