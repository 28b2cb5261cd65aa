package dev.holdfast.plan.retention;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import dev.holdfast.plan.retention.KeepReason.Kind;
import dev.holdfast.plan.retention.RetentionVerdict.Expire;
import dev.holdfast.plan.retention.RetentionVerdict.Keep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Decides for the images of one storage which stay and why. Sources do not see each other. An
/// image stays when it is young, has a place of `media.keep`, is held, or is the newest of its
/// source, or a further storage is still to get it; and with it every image that it builds on. What
/// is damaged or not yet whole takes no place from another. A `PARTIAL` image never takes the place
/// of a good one: those that are partial have as many places of their own.
public final class Retention {
  private static final Comparator<AgingImage> NEWEST_FIRST =
      Comparator.comparing(AgingImage::at).thenComparing(AgingImage::image).reversed();

  private final RetentionRules rules;
  private final Instant now;
  private final List<AgingImage> images;
  private final Map<ImageId, AgingImage> byId;
  private final Map<ImageId, List<KeepReason>> reasons = new LinkedHashMap<>();

  private Retention(List<AgingImage> images, RetentionRules rules, Instant now) {
    this.rules = rules;
    this.now = now;
    this.images = images.stream().sorted(NEWEST_FIRST).toList();
    this.byId =
        images.stream().collect(Collectors.toMap(AgingImage::image, image -> image, (a, _) -> a));
    this.images.forEach(image -> reasons.put(image.image(), new ArrayList<>()));
  }

  /// A verdict for each of the images, the newest first. The same for any order of the list.
  ///
  /// @param images every image that this storage has, or is about to have, of one set
  public static Map<ImageId, RetentionVerdict> decide(
      List<AgingImage> images, RetentionRules rules, Instant now) {
    return new Retention(images, rules, now).verdicts();
  }

  private Map<ImageId, RetentionVerdict> verdicts() {
    images.forEach(this::keepByItself);
    images.stream()
        .collect(Collectors.groupingBy(AgingImage::source, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(this::keepOfSource);
    images.forEach(this::keepUnverified);
    images.forEach(this::keepChain);
    var verdicts = new LinkedHashMap<ImageId, RetentionVerdict>();
    images.forEach(image -> verdicts.put(image.image(), verdict(image)));
    return Collections.unmodifiableMap(verdicts);
  }

  private void keepByItself(AgingImage image) {
    if (rules.archived()) {
      keep(image, Kind.ARCHIVED, "its storage is archived");
    }
    image.hold().ifPresent(why -> keep(image, Kind.HELD, why));
    if (image.soundness() == Soundness.OPEN) {
      keep(image, Kind.OPEN, "not yet whole in this storage");
    }
    if (!image.awaited().isEmpty() && image.soundness() != Soundness.DAMAGED) {
      keep(image, Kind.AWAITED, "waits for its copy on " + String.join(", ", image.awaited()));
    }
    if (isYoung(image)) {
      keep(image, Kind.WITHIN_DAYS, "younger than " + days());
    }
  }

  /// Exactly as many times 24 hours as are declared; a clock in the past makes images young.
  private boolean isYoung(AgingImage image) {
    return image.at().plus(Duration.ofDays(rules.days())).isAfter(now);
  }

  private void keepOfSource(List<AgingImage> source) {
    var restorable = source.stream().filter(this::isRestorable).toList();
    rules.keep().ifPresent(keep -> new Places(keep, rules.zone()).fill(restorable, this::keep));
    newest(restorable, Kind.NEWEST, "the newest of its source");
    var fulls = restorable.stream().filter(image -> image.level().isFull()).toList();
    newest(fulls, Kind.NEWEST_FULL, "the newest full of its source that can be restored");
  }

  /// Of any soundness, and of the good ones.
  private void newest(List<AgingImage> newestFirst, Kind kind, String text) {
    var newest = newestFirst.stream().findFirst();
    newest.ifPresent(image -> keep(image, kind, text));
    newestFirst.stream()
        .filter(image -> image.soundness() == Soundness.GOOD)
        .findFirst()
        .filter(image -> !newest.equals(Optional.of(image)))
        .ifPresent(image -> keep(image, kind, text + " without trouble"));
  }

  /// Itself and all it builds on are in this storage and not damaged.
  private boolean isRestorable(AgingImage image) {
    var next = Optional.of(image);
    for (int steps = 0; steps <= Level.MAX; steps++) {
      if (next.isEmpty() || !next.get().soundness().restores()) {
        return false;
      }
      if (next.get().level().isFull()) {
        return true;
      }
      next = parent(next.get());
    }
    return false;
  }

  private void keepUnverified(AgingImage image) {
    if (rules.verifiedFullFirst()
        && reasonsOf(image).isEmpty()
        && images.stream().noneMatch(full -> succeeds(full, image))) {
      keep(image, Kind.UNVERIFIED, "expired, but no newer full of its source was verified");
    }
  }

  private static boolean succeeds(AgingImage full, AgingImage image) {
    return full.source().equals(image.source())
        && full.level().isFull()
        && full.soundness() == Soundness.GOOD
        && full.verified()
        && full.at().isAfter(image.at());
  }

  /// The newest dependant is named; a chain is at most as long as there are levels.
  private void keepChain(AgingImage image) {
    if (reasonsOf(image).stream().allMatch(reason -> reason.kind() == Kind.NEEDED)) {
      return;
    }
    var next = parent(image);
    for (int steps = 0; steps <= Level.MAX && next.isPresent(); steps++) {
      var needed = next.get();
      if (reasonsOf(needed).stream().noneMatch(reason -> reason.kind() == Kind.NEEDED)) {
        keep(needed, Kind.NEEDED, "image " + image.image() + " builds on it");
      }
      next = parent(needed);
    }
  }

  private Optional<AgingImage> parent(AgingImage image) {
    return image.parent().flatMap(id -> Optional.ofNullable(byId.get(id)));
  }

  private RetentionVerdict verdict(AgingImage image) {
    var why = reasonsOf(image);
    return why.isEmpty()
        ? new Expire(
            "older than "
                + days()
                + (rules.keep().isPresent() ? " and in no place of media.keep" : ""))
        : new Keep(why);
  }

  private void keep(AgingImage image, Kind kind, String text) {
    reasonsOf(image).add(new KeepReason(kind, text));
  }

  private List<KeepReason> reasonsOf(AgingImage image) {
    return reasons.getOrDefault(image.image(), new ArrayList<>());
  }

  private String days() {
    return rules.days() == 1 ? "1 day" : rules.days() + " days";
  }
}
