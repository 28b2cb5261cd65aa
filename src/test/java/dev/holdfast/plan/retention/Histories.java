package dev.holdfast.plan.retention;

import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Media.Keep;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Random pasts of a few sources, as nights with failures, damage, holds and missing parents make
/// them; the same for the same seed.
final class Histories {
  static final Instant NOW = Instant.parse("2026-11-25T02:30:00Z");
  private static final List<ZoneId> ZONES =
      List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("Pacific/Auckland"));

  private final Random random;

  Histories(long seed) {
    this.random = new Random(seed);
  }

  List<AgingImage> images() {
    var images = new ArrayList<AgingImage>();
    int sources = 1 + random.nextInt(3);
    for (int source = 0; source < sources; source++) {
      images.addAll(of(new SourceName("s" + source)));
    }
    return images;
  }

  RetentionRules rules() {
    return new RetentionRules(
        1 + random.nextInt(40),
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(keep()),
        ZONES.get(random.nextInt(ZONES.size())),
        random.nextInt(50) == 0,
        random.nextInt(4) == 0);
  }

  private Keep keep() {
    return new Keep(places(4), places(6), places(8), places(6), places(5), places(3));
  }

  private Optional<Integer> places(int most) {
    return random.nextInt(3) == 0 ? Optional.of(random.nextInt(most + 1)) : Optional.empty();
  }

  private List<AgingImage> of(SourceName source) {
    var images = new ArrayList<AgingImage>();
    var at = NOW.minus(Duration.ofHours(random.nextInt(24 * 90)));
    int count = random.nextInt(25);
    for (int i = 0; i < count; i++) {
      images.add(image(source, i, at, images));
      at = at.plus(Duration.ofMinutes(pause()));
    }
    if (random.nextInt(4) == 0 && !images.isEmpty()) {
      // lost behind the catalog's back: what builds on it restores nothing
      images.remove(random.nextInt(images.size()));
    }
    return images;
  }

  private int pause() {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> random.nextInt(90);
      case 2 -> random.nextInt(60 * 24 * 14);
      default -> 60 * 24;
    };
  }

  private AgingImage image(SourceName source, int number, Instant at, List<AgingImage> earlier) {
    var level = Level.of(earlier.isEmpty() || random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(3));
    var parent =
        earlier.reversed().stream()
            .filter(image -> image.level().compareTo(level) < 0)
            .findFirst()
            .map(AgingImage::image);
    return Aging.full("%s-%03d".formatted(source.value(), number), at)
        .of(source)
        .on(parent.isEmpty() ? Level.FULL : level, level.isFull() ? Optional.empty() : parent)
        .bytes(1 + random.nextInt(1000))
        .soundness(soundness())
        .verified(random.nextInt(3) == 0)
        .awaited(random.nextInt(20) == 0 ? List.of("Bank") : List.of())
        .hold(random.nextInt(25) == 0 ? Optional.of("volume V is archived") : Optional.empty())
        .image();
  }

  private Soundness soundness() {
    return switch (random.nextInt(10)) {
      case 0 -> Soundness.PARTIAL;
      case 1 -> Soundness.DAMAGED;
      case 2 -> random.nextInt(3) == 0 ? Soundness.OPEN : Soundness.GOOD;
      default -> Soundness.GOOD;
    };
  }
}
