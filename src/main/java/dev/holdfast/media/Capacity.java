package dev.holdfast.media;

import dev.holdfast.image.Header;
import dev.holdfast.media.AppendResult.Failed;
import dev.holdfast.media.AppendResult.VolumeFull;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import java.util.Optional;

/// How large a volume may become.
///
/// @param place the storage, for messages
/// @param size of one volume; empty = no bound of its own
public record Capacity(String place, Label volume, Optional<ByteSize> size) {

  /// Why the next file does not go onto this volume; empty when it does.
  ///
  /// @param used bytes of the volume's files so far
  public Optional<AppendResult> objection(long used, long next) {
    if (size.isEmpty() || used + next <= size.get().bytes()) {
      return Optional.empty();
    }
    var sizes =
        "%s do not fit volume %s of %s"
            .formatted(new ByteSize(next).human(), volume, size.get().human());
    return Optional.of(
        next + Header.SIZE > size.get().bytes()
            ? new Failed(
                new Problem(
                    place,
                    sizes + ", nor any other",
                    "make volumes larger (vtapes.size) or parts smaller (media.partSize)"),
                ExitCode.STORAGE)
            : new VolumeFull(
                sizes + ", " + new ByteSize(size.get().bytes() - used).human() + " are left"));
  }
}
