package dev.holdfast.report;

import dev.holdfast.image.MemberPath;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Text of foreign origin made safe for a terminal and a log: file names and the words of other
/// programs may hold escape sequences, line ends or marks that reverse the writing direction. What
/// is not printable is shown as `\n`, `\t`, `\xHH`, `\\uHHHH` or `\UHHHHHHHH`; one input never
/// becomes two lines.
public final class Printable {

  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:[\\\\nrt]|x\\p{XDigit}{2}|u\\p{XDigit}{4}|U\\p{XDigit}{8}|)");

  private Printable() {}

  /// The text on one line. A backslash stays as it is: messages hold escapes already.
  public static String of(String text) {
    if (text.codePoints().noneMatch(Printable::isUnsafe)) {
      return text;
    }
    var shown = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(shown, point));
    return shown.toString();
  }

  /// A path unmistakably: a backslash is doubled, bytes that are not UTF-8 are `\xHH`.
  public static String of(MemberPath path) {
    return utf8(path)
        .map(text -> of(text.replace("\\", "\\\\")))
        .orElseGet(() -> bytewise(path.bytes()));
  }

  /// The bytes of a path that is shown so; text without a backslash is itself, as UTF-8. Empty
  /// when a backslash in it begins nothing that is ever shown.
  public static Optional<byte[]> parse(String shown) {
    var bytes = new ByteArrayOutputStream();
    var part = ESCAPE.matcher(shown);
    int at = 0;
    for (; part.find(); at = part.end()) {
      bytes.writeBytes(shown.substring(at, part.start()).getBytes(StandardCharsets.UTF_8));
      var meant = meaning(part.group());
      if (meant.isEmpty()) {
        return Optional.empty();
      }
      bytes.writeBytes(meant.get());
    }
    bytes.writeBytes(shown.substring(at).getBytes(StandardCharsets.UTF_8));
    return Optional.of(bytes.toByteArray());
  }

  /// The bytes behind one escape; empty when it is none.
  private static Optional<byte[]> meaning(String escape) {
    var digits = escape.substring(Math.min(2, escape.length()));
    return switch (escape.length() > 1 ? escape.charAt(1) : ' ') {
      case '\\' -> Optional.of(new byte[] {'\\'});
      case 'n' -> Optional.of(new byte[] {'\n'});
      case 'r' -> Optional.of(new byte[] {'\r'});
      case 't' -> Optional.of(new byte[] {'\t'});
      case 'x' -> Optional.of(HexFormat.of().parseHex(digits));
      case 'u', 'U' ->
          Optional.of(HexFormat.fromHexDigitsToLong(digits))
              .filter(point -> point <= Character.MAX_CODE_POINT)
              .map(point -> Character.toString(point.intValue()).getBytes(StandardCharsets.UTF_8));
      default -> Optional.empty();
    };
  }

  /// The path as text; empty when its bytes are not UTF-8.
  static Optional<String> utf8(MemberPath path) {
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return Optional.of(decoder.decode(ByteBuffer.wrap(path.bytes())).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private static String bytewise(byte[] bytes) {
    var shown = new StringBuilder(bytes.length * 2);
    for (byte one : bytes) {
      int value = one & 0xff;
      if (value >= 0x80) {
        shown.append("\\x").append(HexFormat.of().toHexDigits(one));
      } else {
        append(shown, value);
        if (value == '\\') {
          shown.append('\\');
        }
      }
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int point) {
    switch (point) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (!isUnsafe(point)) {
          shown.appendCodePoint(point);
        } else if (point < 0x80) {
          shown.append("\\x").append(HexFormat.of().toHexDigits((byte) point));
        } else if (point <= 0xffff) {
          shown.append("\\u").append(HexFormat.of().toHexDigits(point, 4));
        } else {
          shown.append("\\U").append(HexFormat.of().toHexDigits(point, 8));
        }
      }
    }
  }

  /// Controls, halves of surrogate pairs, line separators, and format marks, which hold the ones
  /// that reverse the writing direction.
  private static boolean isUnsafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
