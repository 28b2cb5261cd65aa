package dev.holdfast.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Times and durations as people type them.
final class Times {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s?(s|m|min|h|d)");

  private Times() {}

  /// `30s`, `15m`, `4h`, `7d`, or `0`; empty for anything else.
  static Optional<Duration> duration(String text) {
    if (text.strip().equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    var match = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(match.group(1));
    return Optional.of(
        switch (match.group(2)) {
          case "s" -> Duration.ofSeconds(amount);
          case "h" -> Duration.ofHours(amount);
          case "d" -> Duration.ofDays(amount);
          default -> Duration.ofMinutes(amount);
        });
  }

  /// `2026-11-24T21:30:00Z`, with another offset, without one (then in `zone`, the blank of
  /// `2026-11-24 21:30` allowed), or a day, which means its end; empty for anything else.
  static Optional<Instant> instant(String text, ZoneId zone) {
    var iso = text.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) (?=\\d)", "$1T");
    try {
      if (!iso.contains("T")) {
        return Optional.of(endOf(LocalDate.parse(iso), zone));
      }
      return Optional.of(
          iso.matches(".*(Z|[+-]\\d{2}:?\\d{2})$")
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).atZone(zone).toInstant());
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  private static Instant endOf(LocalDate day, ZoneId zone) {
    return day.plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1);
  }
}
