package dev.holdfast.plan;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.Level;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a source's past says about its next dump. Averages weigh the newest three images 3:2:1.
public record HistoryEstimates(History history) {
  private static final int[] WEIGHTS = {3, 2, 1};
  private static final double WORST_RATIO = 1.1;
  private static final long UNKNOWN_RATE = 1L << 20;

  /// From images alone: a full is as large as the last one; an incremental at the same level as
  /// large as those that were as many dumps after the level's first; at a new level as large as
  /// earlier first dumps at a new level. Empty where the past says nothing.
  public Optional<LevelEstimate> estimate(Level level) {
    return raw(level).stream()
        .mapToObj(bytes -> of(level, new Estimate(bytes, Estimate.Method.HISTORY)))
        .findFirst();
  }

  /// From an upper bound of a full: an incremental is hardly larger than the last full was.
  public LevelEstimate bounded(Level level, Estimate bound) {
    long most =
        level.isFull()
            ? bound.bytes()
            : history
                .newestFull()
                .map(full -> Math.min(full.rawBytes(), bound.bytes()))
                .orElse(bound.bytes());
    return of(level, new Estimate(most, bound.method()));
  }

  /// Adds what compression makes of it, by the ratio of earlier dumps of the kind. Without any the
  /// stored bytes are the raw ones: a promise that is too small breaks the plan,
  /// one too large does not.
  public LevelEstimate of(Level level, Estimate raw) {
    double ratio =
        weighted(
                ofKind(level).filter(image -> image.rawBytes() > 0),
                image -> (double) image.storedBytes() / image.rawBytes())
            .orElse(1.0);
    return new LevelEstimate(raw, Math.round(raw.bytes() * Math.min(WORST_RATIO, ratio)));
  }

  /// Raw bytes a second of earlier dumps of the kind, at least 1; 1 MiB where nobody knows.
  public long bytesPerSecond(Level level) {
    var rate =
        weighted(
            ofKind(level).filter(image -> image.took().isPresent()),
            image ->
                image.rawBytes() * 1000.0 / Math.max(1, image.took().orElseThrow().toMillis()));
    return rate.isPresent() ? Math.max(1, Math.round(rate.getAsDouble())) : UNKNOWN_RATE;
  }

  private OptionalLong raw(Level level) {
    var last = history.lastLevel();
    if (level.isFull()) {
      return history
          .newestFull()
          .map(full -> OptionalLong.of(full.rawBytes()))
          .orElse(OptionalLong.empty());
    }
    int dumps = last.filter(level::equals).isPresent() ? history.streak().size() : 0;
    var alike = afterDumps(level, dumps);
    if (alike.isPresent() || dumps == 0) {
      return alike;
    }
    return OptionalLong.of(history.images().getFirst().rawBytes());
  }

  /// Mean size of the incrementals that were made after so many others at the same level; at a new
  /// level those of every level count.
  private OptionalLong afterDumps(Level level, int dumps) {
    var images = history.images();
    var mean =
        IntStream.range(0, images.size())
            .filter(i -> !images.get(i).level().isFull())
            .filter(i -> dumps == 0 || images.get(i).level().equals(level))
            .filter(i -> before(i) == dumps)
            .mapToLong(i -> images.get(i).rawBytes())
            .average();
    return mean.isPresent()
        ? OptionalLong.of(Math.round(mean.getAsDouble()))
        : OptionalLong.empty();
  }

  private int before(int index) {
    var images = history.images();
    int older = index + 1;
    while (older < images.size() && images.get(older).level().equals(images.get(index).level())) {
      older++;
    }
    return older - index - 1;
  }

  private Stream<PastImage> ofKind(Level level) {
    return history.images().stream().filter(image -> image.level().isFull() == level.isFull());
  }

  private static OptionalDouble weighted(
      Stream<PastImage> newestFirst, ToDoubleFunction<PastImage> figure) {
    var alike = newestFirst.limit(WEIGHTS.length).toList();
    double sum = 0;
    int weights = 0;
    for (int i = 0; i < alike.size(); i++) {
      sum += WEIGHTS[i] * figure.applyAsDouble(alike.get(i));
      weights += WEIGHTS[i];
    }
    return weights == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weights);
  }
}
