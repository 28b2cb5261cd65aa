package dev.holdfast.plan;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.Level;
import java.util.List;
import java.util.Optional;

/// What is known of one source's past: its usable images, newest first.
public record History(List<PastImage> images) {

  public History {
    images = List.copyOf(images);
  }

  public static History none() {
    return new History(List.of());
  }

  public Optional<PastImage> newestFull() {
    return newestOf(Level.FULL);
  }

  /// The image that a dump of this level is relative to: the newest one of a lower level.
  public Optional<PastImage> parentFor(Level level) {
    return images.stream().filter(image -> image.level().compareTo(level) < 0).findFirst();
  }

  /// The last size at this level, as an estimate of the next.
  public Optional<Estimate> estimate(Level level) {
    return newestOf(level).map(image -> new Estimate(image.rawBytes(), Estimate.Method.HISTORY));
  }

  private Optional<PastImage> newestOf(Level level) {
    return images.stream().filter(image -> image.level().equals(level)).findFirst();
  }
}
