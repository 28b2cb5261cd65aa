package dev.holdfast.job;

import dev.holdfast.image.PartGrowth;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.FormingPart;
import dev.holdfast.media.SendingPart;
import dev.holdfast.model.VolumeFile;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// One part that goes to media while it is formed, where a volume takes it like that. What does not
/// work out is no fault: the part is written whole when it is complete, and judged then. Used by
/// one thread.
final class PartAhead implements AutoCloseable {
  private final Volumes volumes;
  private final FormingPart part;
  private final Consumer<String> note;
  private Optional<SendingPart> sending = Optional.empty();
  private boolean gaveUp;
  private long crc32c;

  /// @param note is told why a part that was begun has to be written whole
  PartAhead(Volumes volumes, FormingPart part, Consumer<String> note) {
    this.volumes = volumes;
    this.part = part;
    this.note = note;
  }

  /// @throws StorageTroubleException when the storage is away
  void grown(PartGrowth growth) throws IOException {
    crc32c = growth.crc32c();
    if (sending.isEmpty() && !gaveUp) {
      sending = volumes.begin(part, growth.size());
    }
    if (sending.isPresent()) {
      var ended = sending.get().send(growth.size());
      if (ended.isPresent()) {
        giveUp(ended.get());
      }
    }
  }

  /// The part is complete.
  ///
  /// @return its place; empty when it has to be written whole
  /// @throws StorageTroubleException when the storage is away
  Optional<VolumeFile> complete() throws IOException {
    if (sending.isEmpty()) {
      return Optional.empty();
    }
    var ended = sending.get().complete(crc32c);
    if (ended instanceof AppendResult.Written(var place)) {
      return Optional.of(place);
    }
    giveUp(ended);
    return Optional.empty();
  }

  @Override
  public void close() {
    sending.ifPresent(SendingPart::close);
  }

  private void giveUp(AppendResult ended) throws StorageTroubleException {
    close();
    sending = Optional.empty();
    gaveUp = true;
    switch (ended) {
      case AppendResult.Failed(var problem, var exit) ->
          throw new StorageTroubleException(problem, exit);
      case AppendResult.VolumeFull(var reason) ->
          note.accept("part " + part.number() + " is sent again when it is complete: " + reason);
      case AppendResult.Written _ ->
          throw new IllegalStateException("a part that was not complete is written");
    }
  }
}
