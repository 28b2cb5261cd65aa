package dev.holdfast.io;

/// Untrusted text for a terminal, a log or a report: control characters become visible, so that a
/// file name can not drive the screen.
public final class DisplayText {

  private DisplayText() {}

  public static String of(String text) {
    if (text.chars().noneMatch(DisplayText::isUnsafe)) {
      return text;
    }
    var out = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (isUnsafe(c)) {
                out.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
              } else {
                out.append((char) c);
              }
            });
    return out.toString();
  }

  /// Control characters, and those that turn the direction of what follows.
  private static boolean isUnsafe(int c) {
    return Character.isISOControl(c)
        || (c >= 0x200e && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
