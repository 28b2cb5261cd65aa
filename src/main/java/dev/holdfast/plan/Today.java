package dev.holdfast.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// The day of the plan. Ages are calendar days of the set's time zone, so that a run that starts a
/// minute earlier than the last one does not put a full off by a day.
public record Today(LocalDate date, ZoneId zone) {

  public static Today at(Instant instant, ZoneId zone) {
    return new Today(instant.atZone(zone).toLocalDate(), zone);
  }

  /// Days since the day of `instant`; 0 for today, and for a time to come.
  public int daysSince(Instant instant) {
    return (int) Math.max(0, ChronoUnit.DAYS.between(dayOf(instant), date));
  }

  public LocalDate dayOf(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }
}
