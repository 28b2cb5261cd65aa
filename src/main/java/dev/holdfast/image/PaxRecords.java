package dev.holdfast.image;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The `length key=value\n` records of a pax extended header, as bytes in Latin-1 texts, so that a
/// name in no encoding is not harmed.
final class PaxRecords {
  private static final int LONGEST_NUMBER = 40;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]*)?");

  private final Map<String, String> values;

  private PaxRecords(Map<String, String> values) {
    this.values = values;
  }

  static PaxRecords none() {
    return new PaxRecords(Map.of());
  }

  /// @throws MalformedStreamException when a record is not what its length says
  static PaxRecords parse(byte[] payload) throws MalformedStreamException {
    var values = new LinkedHashMap<String, String>();
    int at = 0;
    while (at < payload.length && payload[at] != 0) {
      int blank = indexOf(payload, ' ', at);
      int length = blank < 0 ? -1 : length(payload, at, blank);
      int end = at + length;
      if (length <= blank - at + 1 || end > payload.length || payload[end - 1] != '\n') {
        throw new MalformedStreamException("a pax record's length is wrong");
      }
      int equals = indexOf(payload, '=', blank);
      if (equals < 0 || equals >= end) {
        throw new MalformedStreamException("a pax record has no '='");
      }
      values.put(text(payload, blank + 1, equals), text(payload, equals + 1, end - 1));
      at = end;
    }
    return new PaxRecords(values);
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /// A number that fits in 63 bits.
  long number(String key, long otherwise) throws MalformedStreamException {
    return number(key).map(BigDecimal::longValue).orElse(otherwise);
  }

  /// A time in seconds with a fraction of any length.
  Optional<BigDecimal> number(String key) throws MalformedStreamException {
    var text = values.get(key);
    if (text == null) {
      return Optional.empty();
    }
    if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
      throw new MalformedStreamException("pax record " + key + " is not a number");
    }
    return Optional.of(new BigDecimal(text.endsWith(".") ? text + "0" : text));
  }

  static long wholeSeconds(BigDecimal time) {
    return time.setScale(0, RoundingMode.FLOOR).longValue();
  }

  static int nanos(BigDecimal time) {
    return time.subtract(time.setScale(0, RoundingMode.FLOOR)).movePointRight(9).intValue();
  }

  /// The same records with some values replaced or added.
  PaxRecords with(Map<String, String> replaced) {
    var more = new LinkedHashMap<>(values);
    more.putAll(replaced);
    return new PaxRecords(more);
  }

  /// The same records without one.
  PaxRecords without(String key) {
    var fewer = new LinkedHashMap<>(values);
    fewer.remove(key);
    return new PaxRecords(fewer);
  }

  byte[] bytes() {
    var out = new ByteArrayOutputStream();
    values.forEach((key, value) -> out.writeBytes(record(key, value)));
    return out.toByteArray();
  }

  Optional<Member.Dumpdir> dumpdir() throws MalformedStreamException {
    var text = values.get("GNU.dumpdir");
    if (text == null) {
      return Optional.empty();
    }
    List<Member.Dumpdir.Entry> entries = new ArrayList<>();
    int at = 0;
    while (at < text.length() && text.charAt(at) != 0) {
      int end = text.indexOf('\0', at);
      if (end < 0) {
        throw new MalformedStreamException("a dumpdir has no end");
      }
      entries.add(
          new Member.Dumpdir.Entry(text.charAt(at), new MemberPath(text.substring(at + 1, end))));
      at = end + 1;
    }
    return Optional.of(new Member.Dumpdir(entries));
  }

  private static byte[] record(String key, String value) {
    int bare = key.length() + value.length() + 3;
    int length = bare + Integer.toString(bare).length();
    if (Integer.toString(length).length() > Integer.toString(bare).length()) {
      length++;
    }
    return (length + " " + key + "=" + value + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int length(byte[] payload, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      if (payload[i] < '0' || payload[i] > '9' || i - from > 8) {
        return -1;
      }
      value = value * 10 + payload[i] - '0';
    }
    return value;
  }

  private static int indexOf(byte[] payload, char wanted, int from) {
    for (int i = from; i < payload.length; i++) {
      if (payload[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static String text(byte[] payload, int from, int to) {
    return new String(payload, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
