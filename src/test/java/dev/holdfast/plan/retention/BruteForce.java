package dev.holdfast.plan.retention;

import dev.holdfast.model.ImageId;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of retention once more, as slow questions about one image at a time: nothing is
/// sorted, marked or remembered. What `Retention` decides must be the same.
record BruteForce(List<AgingImage> images, RetentionRules rules, Instant now) {

  Set<ImageId> expired() {
    return images.stream()
        .filter(image -> images.stream().noneMatch(other -> needs(other, image) && stays(other)))
        .map(AgingImage::image)
        .collect(Collectors.toSet());
  }

  /// An image needs itself and its ancestors.
  private boolean needs(AgingImage image, AgingImage wanted) {
    return image.image().equals(wanted.image())
        || parent(image).filter(parent -> needs(parent, wanted)).isPresent();
  }

  private boolean stays(AgingImage image) {
    return hasReason(image) || (rules.verifiedFullFirst() && !hasVerifiedSuccessor(image));
  }

  private boolean hasReason(AgingImage image) {
    return rules.archived()
        || image.hold().isPresent()
        || image.soundness() == Soundness.OPEN
        || (image.awaited().size() > 0 && image.soundness() != Soundness.DAMAGED)
        || image.at().getEpochSecond() > now.getEpochSecond() - 86_400L * rules.days()
        || hasPlace(image)
        || isNewest(image, _ -> true)
        || isNewest(image, other -> other.level().isFull());
  }

  private boolean hasVerifiedSuccessor(AgingImage image) {
    return images.stream()
        .anyMatch(
            full ->
                full.source().equals(image.source())
                    && full.level().isFull()
                    && full.verified()
                    && full.soundness() == Soundness.GOOD
                    && full.at().isAfter(image.at()));
  }

  private boolean isNewest(AgingImage image, Predicate<AgingImage> among) {
    var rivals = siblings(image).filter(among).toList();
    boolean candidate = restores(image) && among.test(image);
    return candidate
        && (rivals.stream().noneMatch(other -> isNewer(other, image))
            || (image.soundness() == Soundness.GOOD
                && rivals.stream()
                    .filter(other -> other.soundness() == Soundness.GOOD)
                    .noneMatch(other -> isNewer(other, image))));
  }

  private boolean hasPlace(AgingImage image) {
    if (rules.keep().isEmpty() || !restores(image)) {
      return false;
    }
    var keep = rules.keep().get();
    return hasPlace(image, keep.last(), AgingImage::image)
        || hasPlace(image, keep.hourly(), other -> other.at().getEpochSecond() / 3600)
        || hasPlace(image, keep.daily(), this::day)
        || hasPlace(image, keep.weekly(), this::monday)
        || hasPlace(image, keep.monthly(), other -> day(other).withDayOfMonth(1))
        || hasPlace(image, keep.yearly(), other -> day(other).getYear());
  }

  /// It is the newest of its period, and fewer newer periods than there are places have one.
  private boolean hasPlace(
      AgingImage image, Optional<Integer> places, Function<AgingImage, Object> period) {
    var newer =
        siblings(image)
            .filter(other -> other.soundness() == image.soundness())
            .filter(other -> isNewer(other, image))
            .map(period)
            .collect(Collectors.toSet());
    return !newer.contains(period.apply(image)) && newer.size() < places.orElse(0);
  }

  /// Others of the same source that can be restored.
  private Stream<AgingImage> siblings(AgingImage image) {
    return images.stream()
        .filter(other -> other.source().equals(image.source()))
        .filter(other -> !other.image().equals(image.image()))
        .filter(this::restores);
  }

  boolean restores(AgingImage image) {
    boolean sound = image.soundness() == Soundness.GOOD || image.soundness() == Soundness.PARTIAL;
    return sound && (image.level().isFull() || parent(image).filter(this::restores).isPresent());
  }

  private Optional<AgingImage> parent(AgingImage image) {
    return images.stream()
        .filter(other -> image.parent().filter(other.image()::equals).isPresent())
        .findFirst();
  }

  private static boolean isNewer(AgingImage one, AgingImage other) {
    return one.at().equals(other.at())
        ? one.image().compareTo(other.image()) > 0
        : one.at().isAfter(other.at());
  }

  private LocalDate day(AgingImage image) {
    return LocalDate.ofInstant(image.at(), zone());
  }

  private LocalDate monday(AgingImage image) {
    return day(image).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private ZoneId zone() {
    return rules.zone();
  }
}
