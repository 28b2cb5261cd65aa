package dev.holdfast.plan.retention;

/// One reason why an image stays.
///
/// @param text for people, as `younger than 90 days`
public record KeepReason(Kind kind, String text) {

  /// What the reasons are, the strongest first.
  public enum Kind {
    ARCHIVED,
    HELD,
    OPEN,
    AWAITED,
    WITHIN_DAYS,
    LAST,
    HOURLY,
    DAILY,
    WEEKLY,
    MONTHLY,
    YEARLY,
    NEWEST,
    NEWEST_FULL,
    UNVERIFIED,
    NEEDED
  }

  @Override
  public String toString() {
    return text;
  }
}
