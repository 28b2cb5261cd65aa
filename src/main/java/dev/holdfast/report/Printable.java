package dev.holdfast.report;

import dev.holdfast.image.MemberPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Text of foreign origin made safe for a terminal and a log: file names and the words of other
/// programs may hold escape sequences, line ends or marks that reverse the writing direction. What
/// is not printable is shown as `\n`, `\t`, `\xHH` or `\\uHHHH`; one input never becomes two lines.
public final class Printable {

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
        } else if (point < 0x100) {
          shown.append("\\x").append(HexFormat.of().toHexDigits((byte) point));
        } else {
          shown.append("\\u").append(HexFormat.of().toHexDigits(point, point > 0xffff ? 6 : 4));
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
