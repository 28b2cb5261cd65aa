package dev.holdfast.model;

/// What a dump program complained about, by meaning and not by exit code.
public enum WarningClass {
  /// Removed before it was read: the image lacks it.
  VANISHED,
  /// Changed while it was read: the image may hold a mixture.
  CHANGED,
  /// Shrank while it was read and was padded with zeros: the member is damaged.
  SHRANK,
  /// Could not be opened or read: the image lacks it, or lacks its rest.
  UNREADABLE,
  /// A socket, or another kind that the archive cannot hold. Informational.
  SKIPPED,
  /// Anything else that the program said.
  OTHER
}
