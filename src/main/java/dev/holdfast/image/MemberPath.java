package dev.holdfast.image;

import java.nio.charset.StandardCharsets;

/// A member's path as the bytes the file system gave, one byte a char (ISO 8859-1), so that names
/// in no encoding survive, compare in byte order and cost one byte each in memory. No leading
/// slash, no trailing slash; the empty path is the root of the stream.
public record MemberPath(String latin1) implements Comparable<MemberPath> {
  public static final MemberPath ROOT = new MemberPath("");

  public static MemberPath ofBytes(byte[] bytes) {
    return new MemberPath(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /// From text that a person typed or YAML holds, as UTF-8, leading and trailing slashes dropped.
  public static MemberPath ofText(String text) {
    return ofTyped(text.getBytes(StandardCharsets.UTF_8));
  }

  /// From the bytes of a path that a person typed, leading and trailing slashes dropped.
  public static MemberPath ofTyped(byte[] bytes) {
    return new MemberPath(strip(new String(bytes, StandardCharsets.ISO_8859_1)));
  }

  public byte[] bytes() {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  public MemberPath child(MemberPath name) {
    return latin1.isEmpty() ? name : new MemberPath(latin1 + "/" + name.latin1);
  }

  /// The last component.
  public MemberPath name() {
    return new MemberPath(latin1.substring(latin1.lastIndexOf('/') + 1));
  }

  /// The directory that holds it; the root's parent is the root.
  public MemberPath parent() {
    int slash = latin1.lastIndexOf('/');
    return slash < 0 ? ROOT : new MemberPath(latin1.substring(0, slash));
  }

  /// True for the path itself and everything below it.
  public boolean contains(MemberPath other) {
    return latin1.isEmpty()
        || other.latin1.equals(latin1)
        || (other.latin1.startsWith(latin1) && other.latin1.charAt(latin1.length()) == '/');
  }

  @Override
  public int compareTo(MemberPath other) {
    return latin1.compareTo(other.latin1);
  }

  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) == '/') {
      from++;
    }
    while (to > from && text.charAt(to - 1) == '/') {
      to--;
    }
    return text.substring(from, to);
  }
}
