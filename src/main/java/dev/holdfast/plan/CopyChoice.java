package dev.holdfast.plan;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Copy.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which images a further storage is to hold, and which it lacks for too long.
///
/// @param selection of the copy's declaration
/// @param within how soon a copy must exist; empty = nobody waits for it
public record CopyChoice(Selection selection, Optional<Duration> within) {

  /// An image that exists.
  ///
  /// @param at when its run planned it
  /// @param copied the storage holds it whole
  public record Candidate(
      ImageId image, SourceName source, Level level, Instant at, boolean copied) {}

  /// What is still to be copied, the oldest first, so that an image never comes before the one it
  /// builds on.
  public List<Candidate> pending(List<Candidate> images) {
    return images.stream()
        .filter(image -> isWanted(image, images))
        .filter(image -> !image.copied())
        .sorted(
            Comparator.comparing(Candidate::at).thenComparingInt(image -> image.level().value()))
        .toList();
  }

  /// What of it should have been copied by now.
  public List<Candidate> late(List<Candidate> images, Instant now) {
    return within.isEmpty()
        ? List.of()
        : pending(images).stream()
            .filter(image -> image.at().plus(within.get()).isBefore(now))
            .toList();
  }

  private boolean isWanted(Candidate image, List<Candidate> images) {
    return switch (selection) {
      case ALL -> true;
      case FULLS -> image.level().isFull();
      case LATEST_FULLS -> image.level().isFull() && isNewestFull(image, images);
    };
  }

  private static boolean isNewestFull(Candidate image, List<Candidate> images) {
    return images.stream()
        .filter(other -> other.source().equals(image.source()) && other.level().isFull())
        .noneMatch(other -> other.at().isAfter(image.at()));
  }
}
