package dev.holdfast.image;

/// The kinds of file on a volume; the name stands in the first line of the header.
public enum FileKind {
  LABEL,
  PART,
  INDEX,
  STATE,
  MANIFEST,
  TOC
}
