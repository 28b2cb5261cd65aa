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

  /// Level of the newest image; empty for a source without images.
  public Optional<Level> lastLevel() {
    return images.stream().findFirst().map(PastImage::level);
  }

  /// Images at the newest one's level, since one of another level.
  List<PastImage> streak() {
    return images.stream()
        .takeWhile(image -> image.level().equals(images.getFirst().level()))
        .toList();
  }

  /// Calendar days with a dump at the level of the newest one, since one of another level.
  long daysAtLastLevel(Today today) {
    return streak().stream().map(image -> today.dayOf(image.at())).distinct().count();
  }

  private Optional<PastImage> newestOf(Level level) {
    return images.stream().filter(image -> image.level().equals(level)).findFirst();
  }
}
