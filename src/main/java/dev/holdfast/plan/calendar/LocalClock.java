package dev.holdfast.plan.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Turns what a wall clock shows into instants: a time that a change of the clock skips is the
/// first instant after the gap, one that comes twice is the first of the two.
record LocalClock(ZoneId zone) {

  Instant instant(LocalDate day, LocalTime time) {
    var local = LocalDateTime.of(day, time);
    var gap = zone.getRules().getTransition(local);
    return gap != null && gap.isGap()
        ? gap.getInstant()
        : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  Instant startOf(LocalDate day) {
    return instant(day, LocalTime.MIDNIGHT);
  }

  LocalDate day(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }

  /// The offset in force, for people.
  ZoneOffset offset(Instant instant) {
    return zone.getRules().getOffset(instant);
  }
}
