package dev.holdfast.model;

/// A part as bytes: its number in the image (from 1), payload length and payload SHA-256.
public record PartFile(int number, long length, Digest digest) {
  public PartFile {
    if (number < 1) {
      throw new IllegalArgumentException("part number starts at 1, was " + number);
    }
    if (length < 1) {
      throw new IllegalArgumentException("a part is never empty, part " + number);
    }
  }
}
