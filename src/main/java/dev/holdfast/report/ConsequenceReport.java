package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.SetName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an edit of the configuration means for the images that there are.
///
/// @param base the commit that is compared with
/// @param head the commit that the working tree stands on
/// @param at when this was looked at
public record ConsequenceReport(
    String base, Optional<String> head, Instant at, ExitCode exit, List<SetChange> sets)
    implements Report {

  public ConsequenceReport {
    sets = List.copyOf(sets);
  }

  /// A set that changed.
  ///
  /// @param destructive restore points go earlier, or cannot be found any more
  /// @param before how far back its images reach without the edit, `after` with it; empty without
  ///     images
  /// @param losses images that go earlier by the edit, the first to go first
  public record SetChange(
      SetName set,
      Kind kind,
      boolean destructive,
      List<FieldChange> fields,
      Optional<Instant> before,
      Optional<Instant> after,
      List<Loss> losses) {
    public SetChange {
      fields = List.copyOf(fields);
      losses = List.copyOf(losses);
    }

    public long bytes() {
      return losses.stream().mapToLong(Loss::bytes).sum();
    }
  }

  /// What happens to a set.
  public enum Kind {
    CREATED,
    CHANGED,
    REMOVED
  }

  /// A value that changed, as YAML path.
  public record FieldChange(String path, String from, String to) {}

  /// An image that goes earlier.
  ///
  /// @param at the point in time that it restores
  /// @param before when it would have gone; empty = not before something newer comes
  /// @param after when it goes now: with the first prune after that
  public record Loss(
      ImageRef image, Instant at, long bytes, Optional<Instant> before, Instant after) {}

  public boolean destructive() {
    return sets.stream().anyMatch(SetChange::destructive);
  }
}
