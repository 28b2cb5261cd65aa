package dev.holdfast.report;

import dev.holdfast.model.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers and times as people read them. The exact values are in the JSON.
final class Figures {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss XXX", Locale.ROOT);

  private Figures() {}

  static String bytes(long bytes) {
    return new ByteSize(Math.max(0, bytes)).human();
  }

  /// `0.4 s`, `12 s`, `3 min 04 s`, `2 h 05 min`.
  static String duration(Duration took) {
    long seconds = took.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /// `-` when it took no measurable time.
  static String rate(long bytes, Duration took) {
    long millis = took.toMillis();
    return millis < 1 ? "-" : bytes((long) (bytes * 1000.0 / millis)) + "/s";
  }

  /// Stored bytes as a share of the raw ones; `-` when there were none.
  static String ratio(long storedBytes, long rawBytes) {
    return rawBytes < 1
        ? "-"
        : String.format(Locale.ROOT, "%.0f %%", 100.0 * storedBytes / rawBytes);
  }

  static String time(Instant instant, ZoneId zone) {
    var text = TIME.format(instant.atZone(zone));
    return text.endsWith(" Z") ? text.substring(0, text.length() - 1) + "UTC" : text;
  }

  /// `1 image`, `3 images`.
  static String count(long count, String noun) {
    return count == 1 ? "1 " + noun : count + " " + noun + "s";
  }
}
