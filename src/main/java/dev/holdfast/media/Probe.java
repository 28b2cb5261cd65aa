package dev.holdfast.media;

/// One thing that a storage was tried for, what it showed, and what follows from it.
///
/// @param question short, as `conditional write`
/// @param follows for people; what to change where the answer is not good
public record Probe(String question, Answer answer, String follows) {

  /// How it went.
  public enum Answer {
    /// As it should be.
    GOOD,
    /// It works without, and something is less safe or dearer.
    MISSING,
    /// Backups cannot work like this.
    BAD,
    /// It could not be found out.
    UNKNOWN
  }
}
