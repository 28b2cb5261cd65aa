package dev.holdfast.report;

/// Who is told what happens while it happens. Called from many threads at once; an implementation
/// is thread-safe, returns soon and never throws: showing progress must not end a backup.
@FunctionalInterface
public interface RunEvents {

  void tell(RunEvent event);

  /// Nobody listens.
  static RunEvents silent() {
    return event -> {};
  }

  /// Both are told, in this order.
  static RunEvents both(RunEvents first, RunEvents second) {
    return event -> {
      first.tell(event);
      second.tell(event);
    };
  }
}
