package dev.holdfast.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An amount of bytes. Read with a unit, always: `512MiB` is binary, `500GB` decimal.
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final Pattern RULE =
      Pattern.compile("(\\d{1,15})(?:\\.(\\d{1,3}))?\\s?(B|kB|KB|KiB|MB|MiB|GB|GiB|TB|TiB)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "kB", 1_000L,
          "KB", 1_000L,
          "KiB", 1L << 10,
          "MB", 1_000_000L,
          "MiB", 1L << 20,
          "GB", 1_000_000_000L,
          "GiB", 1L << 30,
          "TB", 1_000_000_000_000L,
          "TiB", 1L << 40);

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is not negative, was " + bytes);
    }
  }

  /// Empty when the text is not a number with a unit, or does not fit in 63 bits.
  public static Optional<ByteSize> parse(String text) {
    var match = RULE.matcher(text.strip());
    if (!match.matches()) {
      return Optional.empty();
    }
    double amount = Double.parseDouble(match.group(1) + "." + zeroIfAbsent(match.group(2)));
    long unit = UNITS.getOrDefault(match.group(3), 1L);
    if (amount * unit >= Long.MAX_VALUE) {
      return Optional.empty();
    }
    return Optional.of(new ByteSize(Math.round(amount * unit)));
  }

  /// Short form for people, binary units, three digits: `1.46 GiB`.
  public String human() {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    var digits =
        unit == 0 ? "%.0f %s" : value >= 100 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, digits, value, units[unit]);
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  private static String zeroIfAbsent(@Nullable String digits) {
    return digits == null ? "0" : digits;
  }
}
