package dev.holdfast.plan.retention;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An image of a test: good, of the source `Web` and of no copy's concern, but for what is said.
final class Aging {
  private final ImageId image;
  private final Instant at;
  private SourceName source = new SourceName("Web");
  private Level level = Level.FULL;
  private Optional<ImageId> parent = Optional.empty();
  private long bytes = 100;
  private Soundness soundness = Soundness.GOOD;
  private boolean verified;
  private List<String> awaited = List.of();
  private Optional<String> hold = Optional.empty();

  private Aging(ImageId image, Instant at) {
    this.image = image;
    this.at = at;
  }

  static Aging full(String id, Instant at) {
    return new Aging(new ImageId(id), at);
  }

  /// Another one that is as this one is, until something else is said.
  static Aging like(AgingImage image) {
    var same = new Aging(image.image(), image.at());
    same.source = image.source();
    same.level = image.level();
    same.parent = image.parent();
    same.bytes = image.bytes();
    same.soundness = image.soundness();
    same.verified = image.verified();
    same.awaited = image.awaited();
    same.hold = image.hold();
    return same;
  }

  Aging of(SourceName other) {
    source = other;
    return this;
  }

  Aging on(Level lower, Optional<ImageId> base) {
    level = lower;
    parent = base;
    return this;
  }

  Aging bytes(long count) {
    bytes = count;
    return this;
  }

  Aging soundness(Soundness other) {
    soundness = other;
    return this;
  }

  Aging verified(boolean read) {
    verified = read;
    return this;
  }

  Aging awaited(List<String> storages) {
    awaited = storages;
    return this;
  }

  Aging hold(Optional<String> why) {
    hold = why;
    return this;
  }

  AgingImage image() {
    return new AgingImage(
        image, source, level, parent, at, bytes, soundness, verified, awaited, hold);
  }
}
