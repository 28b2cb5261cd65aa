package dev.holdfast.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The `Key: value` lines of a header, in the order in which they are printed. Values are any text;
/// on media everything outside a small safe set is percent-encoded, so that a header pasted into a
/// shell can never smuggle a command.
public record HeaderFields(Map<String, String> values) {
  private static final String SAFE = "-_.:/@+=, ";

  public HeaderFields {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  public static HeaderFields empty() {
    return new HeaderFields(Map.of());
  }

  /// The same fields and one more, last.
  public HeaderFields with(String key, String value) {
    var more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new HeaderFields(more);
  }

  public Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  static String encode(String text) {
    var out = new StringBuilder();
    for (byte raw : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (raw & 0xff);
      if (isSafe(c)) {
        out.append(c);
      } else {
        out.append(String.format("%%%02X", (int) c));
      }
    }
    return out.toString();
  }

  /// Empty when a percent sign is not followed by two hexadecimal digits.
  static Optional<String> decode(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      if (i + 2 >= text.length() || !text.substring(i + 1, i + 3).matches("[0-9A-F]{2}")) {
        return Optional.empty();
      }
      bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
      i += 2;
    }
    return Optional.of(bytes.toString(StandardCharsets.UTF_8));
  }

  private static boolean isSafe(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || SAFE.indexOf(c) >= 0;
  }
}
