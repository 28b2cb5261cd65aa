package dev.holdfast.cli;

/// The form of a result on standard output.
enum Format {
  TEXT,
  JSON,
  /// One object a line: events while it works, then the summary.
  JSONL
}
