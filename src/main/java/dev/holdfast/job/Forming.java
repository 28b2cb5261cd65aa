package dev.holdfast.job;

import dev.holdfast.model.ImageId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The images that dumps form in staging at this moment, for a writer that has nothing complete to
/// write. Each goes to one writer. Thread-safe.
final class Forming {
  private final Map<ImageId, FormingImage> images = new LinkedHashMap<>();
  private volatile boolean sentForNothing;

  /// A dump begins; it closes what it gets.
  synchronized FormingImage begin(ImageId image) {
    var forming = new FormingImage(image, this);
    images.put(image, forming);
    return forming;
  }

  /// The one that was begun first, has a part of so many bytes, and that nobody sends. Whoever gets
  /// it lets it go.
  synchronized Optional<FormingImage> claim(long from) {
    var next = images.values().stream().filter(image -> image.isOffered(from)).findFirst();
    next.ifPresent(FormingImage::claim);
    return next;
  }

  /// A writer has it, and nobody else may write it.
  synchronized boolean isClaimed(ImageId image) {
    return Optional.ofNullable(images.get(image)).filter(FormingImage::isClaimed).isPresent();
  }

  /// A part reached media whose dump came to nothing.
  void sentForNothing() {
    sentForNothing = true;
  }

  /// Media hold parts that belong to no image.
  boolean hasSentForNothing() {
    return sentForNothing;
  }

  /// Nobody forms it and nobody sends it any more.
  synchronized void forget(FormingImage image) {
    images.remove(image.id(), image);
  }
}
