package dev.holdfast.image;

import dev.holdfast.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;

/// The first 32 KiB of every file on media (src/docs/format.md): a first line with the kind, `Key:
/// value` lines, the recipe that restores the image without Holdfast, a form feed, NUL padding, and
/// in the last 128 bytes the SHA-256 of all before.
///
/// @param recipe shell text for people; empty for a LABEL or TOC
public record Header(FileKind kind, HeaderFields fields, String recipe) {
  public static final int SIZE = 32 * 1024;
  private static final int SEAL_SIZE = 128;
  private static final int SEALED = SIZE - SEAL_SIZE;
  private static final String MAGIC = "HOLDFAST/";
  private static final String VERSION = "1";
  private static final String SEAL = "SHA-256: ";
  private static final String MUST = "Must-Understand";
  private static final Set<String> UNDERSTOOD = Set.of("zstd", "plain");

  /// What 32 KiB of bytes turned out to be.
  public sealed interface ParseResult {
    record Valid(Header header) implements ParseResult {}

    /// Not one of ours: another program's bytes, or none.
    record NotHoldfast() implements ParseResult {}

    /// Ours, but written by a later release: it says what a reader must understand.
    record NewerNeeded(String needs) implements ParseResult {}

    /// Ours, and not what was written.
    record Damaged(String reason) implements ParseResult {}
  }

  /// The bytes on media.
  ///
  /// @throws IllegalArgumentException when fields and recipe do not fit
  public byte[] bytes() {
    var text = new StringBuilder(MAGIC).append(VERSION).append(' ').append(kind).append('\n');
    fields.values().forEach((key, value) -> text.append(line(key, value)));
    text.append('\n').append(recipe).append('\f');
    var content = text.toString().getBytes(StandardCharsets.UTF_8);
    if (content.length > SEALED) {
      throw new IllegalArgumentException(
          "a header holds " + SEALED + " bytes, got " + content.length);
    }
    var bytes = Arrays.copyOf(content, SIZE);
    var seal = seal(bytes);
    System.arraycopy(seal, 0, bytes, SEALED, seal.length);
    return bytes;
  }

  /// Reads what `bytes()` wrote; checks every byte before it says anything about the content.
  public static ParseResult parse(byte[] bytes) {
    if (bytes.length != SIZE || !startsWith(bytes, MAGIC)) {
      return new ParseResult.NotHoldfast();
    }
    if (!Arrays.equals(Arrays.copyOfRange(bytes, SEALED, SIZE), seal(bytes))) {
      return new ParseResult.Damaged("the header's own SHA-256 does not match");
    }
    return parseSealed(new String(bytes, 0, SEALED, StandardCharsets.UTF_8));
  }

  /// The value of a key that every header of this kind has.
  ///
  /// @throws IllegalArgumentException when it is absent
  public String require(String key) {
    return fields
        .find(key)
        .orElseThrow(() -> new IllegalArgumentException("the header has no " + key));
  }

  private static ParseResult parseSealed(String text) {
    int end = text.indexOf('\f');
    int blank = text.indexOf("\n\n");
    if (end < 0 || blank < 0 || blank > end) {
      return new ParseResult.Damaged("the header has no end of its fields");
    }
    var lines = text.substring(0, blank).split("\n", -1);
    var first = lines[0].substring(MAGIC.length()).split(" ", -1);
    var fields = fields(Arrays.copyOfRange(lines, 1, lines.length));
    if (first.length != 2 || fields.isEmpty()) {
      return new ParseResult.Damaged("the header's lines are malformed");
    }
    return understood(first[0], first[1], fields.get(), text.substring(blank + 2, end));
  }

  private static ParseResult understood(
      String version, String kind, HeaderFields fields, String recipe) {
    var needs =
        Arrays.stream(fields.find(MUST).orElse("").split(",", -1))
            .map(String::strip)
            .filter(feature -> !feature.isEmpty() && !UNDERSTOOD.contains(feature))
            .toList();
    if (!version.equals(VERSION) || !needs.isEmpty()) {
      return new ParseResult.NewerNeeded(
          "format " + version + (needs.isEmpty() ? "" : " with " + String.join(", ", needs)));
    }
    return Arrays.stream(FileKind.values())
        .filter(known -> known.name().equals(kind))
        .findFirst()
        .<ParseResult>map(known -> new ParseResult.Valid(new Header(known, fields, recipe)))
        .orElseGet(() -> new ParseResult.NewerNeeded("the kind of file " + kind));
  }

  private static Optional<HeaderFields> fields(String[] lines) {
    var values = new LinkedHashMap<String, String>();
    for (var line : lines) {
      int colon = line.indexOf(": ");
      var value =
          colon < 0 ? Optional.<String>empty() : HeaderFields.decode(line.substring(colon + 2));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.put(line.substring(0, colon), value.get());
    }
    return Optional.of(new HeaderFields(values));
  }

  private static String line(String key, String value) {
    return key + ": " + HeaderFields.encode(value) + "\n";
  }

  private static byte[] seal(byte[] bytes) {
    Digest digest = Digests.of(bytes, 0, SEALED);
    return Arrays.copyOf((SEAL + digest + "\n").getBytes(StandardCharsets.US_ASCII), SEAL_SIZE);
  }

  private static boolean startsWith(byte[] bytes, String text) {
    return new String(bytes, 0, text.length(), StandardCharsets.ISO_8859_1).equals(text);
  }
}
