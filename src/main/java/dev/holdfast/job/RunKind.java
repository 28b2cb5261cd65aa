package dev.holdfast.job;

/// What a run of a set does. Its name is the first word of the run's options in the catalog.
enum RunKind {
  /// Dumps, writes, copies.
  RUN,
  /// Writes what waits in staging.
  FLUSH,
  /// Copies to further storages what they lack.
  COPY;

  boolean dumps() {
    return this == RUN;
  }
}
