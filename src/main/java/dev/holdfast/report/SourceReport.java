package dev.holdfast.report;

import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.Level;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceName;
import java.time.Duration;
import java.util.Optional;

/// How one source fared in a run.
///
/// @param level empty when the run ended before it was decided
/// @param reason why this level; empty without one
/// @param problem why the verdict is not OK; empty when it is
/// @param image what was made; empty when nothing was committed
/// @param took the dump alone, without waiting and without writing to media
public record SourceReport(
    SourceName source,
    Verdict verdict,
    Optional<Level> level,
    String reason,
    Optional<Problem> problem,
    Optional<ImageReport> image,
    DumpWarnings warnings,
    Duration took) {

  /// The end of a source.
  public enum Verdict {
    /// Dumped; what it complained about is within `tolerate`.
    OK,
    /// Dumped and kept, with more complaints than `tolerate` allows.
    PARTIAL,
    /// Nothing of it was kept.
    FAILED,
    /// Not there, and that is allowed: `availability.mayBeOffline`. Nothing of it was dumped.
    OFFLINE,
    /// Not dumped in this run: stopped, no room, the storage away. Run again.
    SKIPPED
  }
}
