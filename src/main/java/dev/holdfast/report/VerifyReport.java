package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.util.List;

/// What reading every byte of some images came to.
///
/// @param subject the set, image or volume as it was named
/// @param damage everything found, each with what is lost by it; empty = all is well
/// @param problems what kept some images from being read, without saying that they are damaged
public record VerifyReport(
    String subject,
    ExitCode exit,
    Span span,
    List<Verified> images,
    List<Damage> damage,
    List<Problem> problems)
    implements Report {

  public VerifyReport {
    images = List.copyOf(images);
    damage = List.copyOf(damage);
    problems = List.copyOf(problems);
  }

  /// One image that was looked at, in one of its homes.
  ///
  /// @param storage where it was read, or `staging`
  /// @param bytes read and compared
  /// @param files parts, index, state and manifest
  public record Verified(ImageRef image, String storage, Verdict verdict, long bytes, int files) {}

  /// How an image was found.
  public enum Verdict {
    WHOLE,
    DAMAGED,
    /// Could not be read to its end; says nothing about its bytes.
    UNREAD
  }

  /// One place that is not as it was written.
  ///
  /// @param file as `part 3` or `manifest`
  /// @param where as `volume WEB-004 file 7`
  /// @param fact what was expected and what was found
  /// @param lost what cannot be restored any more because of it
  public record Damage(ImageRef image, String file, String where, String fact, String lost) {}

  public long bytes() {
    return images.stream().mapToLong(Verified::bytes).sum();
  }
}
