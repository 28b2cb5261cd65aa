package dev.holdfast.job;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.media.FormingPart;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.report.RunEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Sends the parts of an image while its dump still forms it. Staging keeps all of it: what is on
/// media early need not be sent when the image is complete, and that is all it means. Used by one
/// thread.
final class SendingAhead implements AutoCloseable {
  private static final long A_MOMENT_MILLIS = 200;

  private final RunScope scope;
  private final FormingImage image;
  private final Volumes volumes;
  private final Semaphore writers;
  private int number = 1;
  private long seen;
  private Optional<PartAhead> ahead = Optional.empty();

  SendingAhead(RunScope scope, FormingImage image, Volumes volumes, Semaphore writers) {
    this.scope = scope;
    this.image = image;
    this.volumes = volumes;
    this.writers = writers;
  }

  /// Sends what there is; waits a moment when there is nothing.
  ///
  /// @return false when the dump is over and everything that can be sent was
  /// @throws StorageTroubleException when the storage is away
  boolean step() throws IOException, InterruptedException {
    var more = image.more(number, seen, A_MOMENT_MILLIS);
    if (more.isEmpty()) {
      return !image.isOver();
    }
    if (writers.tryAcquire()) {
      try {
        send(more.get());
      } finally {
        writers.release();
      }
    } else {
      // a dump goes straight to media, and has the only writer
      Thread.sleep(A_MOMENT_MILLIS);
    }
    return true;
  }

  @Override
  public void close() {
    ahead.ifPresent(PartAhead::close);
  }

  private void send(FormingImage.Part part) throws IOException {
    var growth = part.growth();
    if (ahead.isEmpty()) {
      var size = scope.partSize();
      var forming = FormingPart.of(image.id(), growth.part(), growth.file(), size);
      ahead = Optional.of(new PartAhead(volumes, forming, this::note));
    }
    ahead.get().grown(growth);
    seen = growth.size();
    if (part.complete().isPresent()) {
      var entry = new Manifest.Entry(FileKind.PART, part.complete().get(), Optional.empty());
      ahead.get().complete().ifPresent(place -> record(entry, place));
      close();
      ahead = Optional.empty();
      number++;
      seen = 0;
    }
  }

  private void record(Manifest.Entry entry, VolumeFile place) {
    var placed = Volumes.placed(entry, place);
    image.onMedia(() -> scope.catalog().images().onMedia(image.id(), placed));
    CrashPoint.MEDIA_PART_RECORDED.reached();
  }

  private void note(String text) {
    scope.events().tell(new RunEvent.Note("image " + image.id() + ": " + text));
  }
}
