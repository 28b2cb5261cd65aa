package dev.holdfast.model;

import java.time.Duration;
import java.util.Optional;

/// What the planner expects of a dump, for the driver.
///
/// @param storedBytes what staging and media will hold of it, after compression
/// @param urgency the planner's order: declared priority and days overdue, higher first
/// @param expected how long it will take; zero = unknown
/// @param smaller what is dumped instead when there is no room for a full
/// @param refusal why there is nothing smaller; empty when there is
public record Outlook(
    long storedBytes, int urgency, Duration expected, Optional<Smaller> smaller, String refusal) {

  public Outlook {
    if (storedBytes < 0 || expected.isNegative()) {
      throw new IllegalArgumentException("stored " + storedBytes + " bytes in " + expected);
    }
  }

  /// The incremental that takes a full's place.
  public record Smaller(
      Level level, ImageId parent, Estimate estimate, long storedBytes, String reason) {
    public Smaller {
      if (level.isFull()) {
        throw new IllegalArgumentException("a full is not smaller than a full");
      }
    }
  }

  /// Of a dump that nobody has an idea of.
  public static Outlook unknown(long storedBytes) {
    return new Outlook(storedBytes, 0, Duration.ZERO, Optional.empty(), "");
  }
}
