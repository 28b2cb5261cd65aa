package dev.holdfast.job;

import dev.holdfast.image.PartGrowth;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.PartFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The parts of one image while its dump fills them. Two threads meet here: the dump tells how far
/// they are, a writer sends them. Thread-safe.
final class FormingImage implements AutoCloseable {
  private final ImageId id;
  private final Forming all;
  private final List<Part> parts = new ArrayList<>();
  private Dump dump = Dump.RUNS;
  private Writer writer = Writer.NONE;
  private boolean onMedia;

  /// How far a part is.
  ///
  /// @param complete what it came to
  record Part(PartGrowth growth, Optional<PartFile> complete) {}

  private enum Dump {
    RUNS,
    /// All its parts are complete; it is about to become an image.
    WHOLE,
    KEPT,
    LOST
  }

  private enum Writer {
    NONE,
    SENDS,
    /// It is not offered again.
    GAVE_UP
  }

  FormingImage(ImageId id, Forming all) {
    this.id = id;
    this.all = all;
  }

  ImageId id() {
    return id;
  }

  /// The dump wrote more of a part.
  synchronized void grown(PartGrowth growth) {
    set(new Part(growth, Optional.empty()));
  }

  /// The dump completed a part.
  synchronized void completed(PartFile part) {
    set(new Part(parts.get(part.number() - 1).growth(), Optional.of(part)));
  }

  /// Every part is complete. From here on no other writer begins to send it, for soon one may write
  /// it.
  synchronized void whole() {
    dump = Dump.WHOLE;
  }

  /// The image is in staging, and the catalog knows.
  synchronized void kept() {
    dump = Dump.KEPT;
  }

  /// The dump ended. Unless it was kept, nothing of it counts from now on.
  @Override
  public void close() {
    synchronized (this) {
      dump = dump == Dump.KEPT ? dump : Dump.LOST;
      tellWhatIsLost();
      notifyAll();
    }
    forgetWhenOver();
  }

  /// @param from bytes that its first part must have
  synchronized boolean isOffered(long from) {
    return writer == Writer.NONE
        && dump == Dump.RUNS
        && !parts.isEmpty()
        && parts.getFirst().growth().size() >= from;
  }

  synchronized boolean isClaimed() {
    return writer == Writer.SENDS;
  }

  synchronized void claim() {
    writer = Writer.SENDS;
  }

  /// The writer has sent what it could.
  void letGo() {
    synchronized (this) {
      writer = Writer.GAVE_UP;
    }
    forgetWhenOver();
  }

  /// Nothing more will be formed.
  synchronized boolean isOver() {
    return dump != Dump.RUNS;
  }

  /// Waits a moment for more of a part than was seen.
  ///
  /// @return empty when there is none yet
  synchronized Optional<Part> more(int number, long seen, long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (left > 0 && !hasMore(number, seen) && dump == Dump.RUNS) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return dump != Dump.LOST && hasMore(number, seen)
        ? Optional.of(parts.get(number - 1))
        : Optional.empty();
  }

  /// A part is on media. That is recorded unless the dump is lost: then nothing of it may count.
  synchronized void onMedia(Runnable record) {
    onMedia = true;
    tellWhatIsLost();
    if (dump != Dump.LOST) {
      record.run();
    }
  }

  private boolean hasMore(int number, long seen) {
    return parts.size() >= number
        && (parts.get(number - 1).growth().size() > seen
            || parts.get(number - 1).complete().isPresent());
  }

  private void set(Part part) {
    int number = part.growth().part();
    if (parts.size() < number) {
      parts.add(part);
    } else {
      parts.set(number - 1, part);
    }
    notifyAll();
  }

  private void tellWhatIsLost() {
    if (onMedia && dump == Dump.LOST) {
      all.sentForNothing();
    }
  }

  private void forgetWhenOver() {
    if (isOver() && !isClaimed()) {
      all.forget(this);
    }
  }
}
