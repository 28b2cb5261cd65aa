package dev.holdfast.report;

import dev.holdfast.model.Digest;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import java.time.Instant;
import java.util.List;

/// What a prune of one set in one storage did, or would do.
///
/// @param dryRun true: nothing was touched
/// @param digest of what expires, to agree to exactly that; the same as long as the same images
///     expire
/// @param images every image that was decided about, newest first
/// @param problems what kept images from being pruned and a person must know
/// @param notes what is not wrong
public record PruneReport(
    SetName set,
    String storage,
    ExitCode exit,
    Span span,
    boolean dryRun,
    Digest digest,
    List<Fate> images,
    List<Problem> problems,
    List<String> notes)
    implements Report {

  public PruneReport {
    images = List.copyOf(images);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /// What becomes of an image.
  ///
  /// @param at the point in time that it restores
  /// @param bytes that its files take in this storage
  /// @param why for people: each reason to keep it, or why it has expired
  public record Fate(ImageRef image, Instant at, long bytes, Outcome outcome, String why) {}

  /// How it ended for an image.
  public enum Outcome {
    KEPT,
    /// It has expired and is still there: a dry run, a brake, or trouble.
    EXPIRED,
    /// It has expired, and the medium holds it.
    HELD,
    PRUNED
  }

  public long count(Outcome outcome) {
    return images.stream().filter(fate -> fate.outcome() == outcome).count();
  }

  public long bytes(Outcome outcome) {
    return images.stream().filter(fate -> fate.outcome() == outcome).mapToLong(Fate::bytes).sum();
  }
}
