package dev.holdfast.model.declared;

/// Operating systems a source may expect.
public enum Operating {
  LINUX,
  WINDOWS,
  MACOS,
  FREEBSD
}
