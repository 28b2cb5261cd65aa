package dev.holdfast.plan;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.declared.How.MediaUtilization;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Which staged image a free writer takes. An older run's images go before tonight's, whatever the
/// rule: a backlog must drain. Inside the oldest run's images the rule of the set decides.
public record FlushOrder(MediaUtilization rule) {
  private static final Comparator<Staged> OLDEST =
      Comparator.comparing(Staged::stagedAt).thenComparing(Staged::image);
  private static final Comparator<Staged> SMALLEST =
      Comparator.comparingLong(Staged::bytes).thenComparing(OLDEST);
  private static final Comparator<Staged> LARGEST =
      Comparator.comparingLong(Staged::bytes).reversed().thenComparing(OLDEST);

  /// A completed image in staging.
  ///
  /// @param run start of the run that made it
  /// @param stagedAt when it was complete
  /// @param bytes what it will take on media
  public record Staged(ImageId image, Instant run, Instant stagedAt, long bytes) {}

  /// What the writer has before it.
  ///
  /// @param remaining bytes that the volumes of this run can still take; empty = no limit
  /// @param mustFit another writer is at work and this one would need a new volume: nothing is
  ///     taken rather than something that does not fit
  public record Target(OptionalLong remaining, boolean mustFit) {
    public static Target unlimited() {
      return new Target(OptionalLong.empty(), false);
    }

    boolean fits(Staged image) {
      return remaining.isEmpty() || image.bytes() <= remaining.getAsLong();
    }
  }

  /// The choice of the writer; empty when nothing waits, or nothing fits and it must.
  public Optional<Staged> next(List<Staged> staged, Target target) {
    var oldestRun = staged.stream().map(Staged::run).min(Comparator.naturalOrder());
    var first =
        staged.stream().filter(image -> image.run().equals(oldestRun.orElseThrow())).toList();
    if (target.mustFit()) {
      return fitting(first, target).min(byRule());
    }
    return switch (rule) {
      case FIRST, LARGEST, SMALLEST, LAST -> first.stream().min(byRule());
      case FIRST_FIT, LARGEST_FIT ->
          fitting(first, target).min(byRule()).or(() -> first.stream().min(SMALLEST));
    };
  }

  private static Stream<Staged> fitting(List<Staged> images, Target target) {
    return images.stream().filter(target::fits);
  }

  private Comparator<Staged> byRule() {
    return switch (rule) {
      case FIRST, FIRST_FIT -> OLDEST;
      case LARGEST, LARGEST_FIT -> LARGEST;
      case SMALLEST -> SMALLEST;
      case LAST -> Comparator.comparing(Staged::stagedAt).reversed().thenComparing(Staged::image);
    };
  }
}
