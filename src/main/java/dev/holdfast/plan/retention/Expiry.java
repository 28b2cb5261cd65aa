package dev.holdfast.plan.retention;

import dev.holdfast.model.ImageId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// When the images that there are now would expire, if none came and none was verified any more.
public final class Expiry {

  private Expiry() {}

  /// The first instant, now or later, at which each image has expired; an image that never does is
  /// not in the answer.
  public static Map<ImageId, Instant> of(
      List<AgingImage> images, RetentionRules rules, Instant now) {
    // an image can only expire when its own days, or those of one that builds on it, are over
    var moments = new TreeSet<Instant>();
    moments.add(now);
    images.stream()
        .map(image -> image.at().plus(Duration.ofDays(rules.days())))
        .filter(over -> over.isAfter(now))
        .forEach(moments::add);
    var expiry = new LinkedHashMap<ImageId, Instant>();
    for (var moment : moments) {
      Retention.decide(images, rules, moment)
          .forEach(
              (image, verdict) -> {
                if (verdict.expires()) {
                  expiry.putIfAbsent(image, moment);
                }
              });
    }
    return expiry;
  }
}
