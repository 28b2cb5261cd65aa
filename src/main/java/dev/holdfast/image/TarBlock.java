package dev.holdfast.image;

import java.nio.charset.StandardCharsets;

/// One 512-byte header block of a tar stream (POSIX ustar, and what GNU tar adds to its numbers).
final class TarBlock {
  static final int SIZE = 512;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;

  private final byte[] block;

  TarBlock(byte[] block) {
    this.block = block;
  }

  byte[] bytes() {
    return block;
  }

  boolean isZero() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /// The sum of all bytes with the field itself taken as blanks.
  boolean checksumMatches() {
    long sum = 0;
    for (int i = 0; i < SIZE; i++) {
      boolean inField = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      sum += inField ? ' ' : block[i] & 0xff;
    }
    return sum == number(CHECKSUM, CHECKSUM_LENGTH);
  }

  char type() {
    return (char) (block[156] & 0xff);
  }

  String name() {
    var prefix = text(345, 155);
    var name = text(0, 100);
    return isUstar() && !prefix.isEmpty() ? prefix + "/" + name : name;
  }

  String linkName() {
    return text(157, 100);
  }

  int mode() {
    return (int) number(100, 8);
  }

  long uid() {
    return number(108, 8);
  }

  long gid() {
    return number(116, 8);
  }

  long size() {
    return number(124, 12);
  }

  long mtime() {
    return number(136, 12);
  }

  private boolean isUstar() {
    return text(257, 6).equals("ustar") && block[263] == '0';
  }

  private String text(int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.ISO_8859_1);
  }

  /// Octal digits, or GNU's base 256 when the first bit is set; -1 when it is neither.
  private long number(int from, int length) {
    if ((block[from] & 0x80) != 0) {
      return base256(from, length);
    }
    long value = 0;
    for (int i = from; i < from + length; i++) {
      int c = block[i];
      if (c >= '0' && c <= '7') {
        value = value * 8 + (c - '0');
      } else if (c != 0 && c != ' ') {
        return -1;
      }
    }
    return value;
  }

  private long base256(int from, int length) {
    long value = (block[from] & 0x40) != 0 ? -1 : 0;
    for (int i = from + 1; i < from + length; i++) {
      value = (value << 8) | (block[i] & 0xff);
    }
    return value;
  }
}
