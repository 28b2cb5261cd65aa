package dev.holdfast.model.declared;

/// How important a source is: each step weighs as much as one day overdue.
public enum Priority {
  LOW(0),
  MEDIUM(1),
  HIGH(2);

  private final int days;

  Priority(int days) {
    this.days = days;
  }

  /// In days overdue.
  public int days() {
    return days;
  }
}
