package dev.holdfast.config;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.declared.Place;
import java.util.Comparator;
import java.util.List;

/// One thing about the configuration that a person must know.
///
/// @param path where inside the document, as `how.timeouts.estimate`; empty for the whole
/// @param message lower case, no full stop, with the value and the rule
/// @param hint the next action
public record Finding(Severity severity, Place place, String path, String message, String hint)
    implements Comparable<Finding> {

  /// An error refuses the whole configuration, and so does a broken policy; a warning does not.
  public enum Severity {
    ERROR,
    POLICY,
    WARNING
  }

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::place)
          .thenComparing(Finding::severity)
          .thenComparing(Finding::message);

  public static Finding error(Place place, String path, String message, String hint) {
    return new Finding(Severity.ERROR, place, path, message, hint);
  }

  /// Well written, and against a rule that the project keeps.
  public static Finding policy(Place place, String path, String message, String hint) {
    return new Finding(Severity.POLICY, place, path, message, hint);
  }

  public static Finding warning(Place place, String path, String message, String hint) {
    return new Finding(Severity.WARNING, place, path, message, hint);
  }

  /// How a command ends that meets these: POLICY when nothing but policies is broken.
  public static ExitCode exit(List<Finding> findings) {
    boolean malformed = findings.stream().anyMatch(one -> one.severity() == Severity.ERROR);
    return malformed ? ExitCode.CONFIG : ExitCode.POLICY;
  }

  /// The form every output uses; a warning says so.
  public Problem problem() {
    var fact = severity == Severity.WARNING ? "warning: " + message : message;
    return new Problem(place.toString(), fact, hint);
  }

  /// By file, line and column.
  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
