package dev.holdfast.config;

import dev.holdfast.model.declared.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Turns the bytes of a file into text, or says where they are not text.
final class Decoded {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Decoded() {}

  /// Empty when the bytes are not UTF-8, or hold what YAML may not hold; the findings say where.
  static Optional<String> of(String file, byte[] bytes, Findings findings) {
    var chars = CharBuffer.allocate(bytes.length + 1);
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
    var text = chars.flip().toString();
    if (result.isError()) {
      findings.error(
          placeAt(file, text, text.length()),
          "",
          String.format("byte 0x%02x is not UTF-8", bytes[positionOf(text)] & 0xff),
          "save the file as UTF-8");
      return Optional.empty();
    }
    return clean(file, text, findings) ? Optional.of(text) : Optional.empty();
  }

  /// Line and column of the character at `index`; columns count code points, from 1.
  static Place placeAt(String file, String text, int index) {
    int line = 1;
    int start = 0;
    for (int at = 0; at < index; at++) {
      if (text.charAt(at) == '\n') {
        line++;
        start = at + 1;
      }
    }
    return new Place(file, line, text.codePointCount(start, index) + 1);
  }

  private static int positionOf(String decodedSoFar) {
    return decodedSoFar.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean clean(String file, String text, Findings findings) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == BYTE_ORDER_MARK) {
        findings.error(
            placeAt(file, text, at),
            "",
            "a byte order mark stands here",
            "save the file as UTF-8 without BOM");
        return false;
      }
      if (isControl(c)) {
        findings.error(
            placeAt(file, text, at),
            "",
            String.format("the control character U+%04X is not allowed in YAML", (int) c),
            "remove it; in a quoted text write it as an escape");
        return false;
      }
    }
    return true;
  }

  private static boolean isControl(char c) {
    boolean blank = c == '\n' || c == '\r' || c == '\t';
    return (c < 0x20 && !blank) || (c >= 0x7f && c < 0xa0 && c != 0x85) || c >= 0xfffe;
  }
}
