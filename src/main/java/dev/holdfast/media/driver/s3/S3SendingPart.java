package dev.holdfast.media.driver.s3;

import dev.holdfast.media.AppendResult;
import dev.holdfast.media.AppendResult.Failed;
import dev.holdfast.media.AppendResult.VolumeFull;
import dev.holdfast.media.SendingPart;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.util.Optional;

/// The part of a volume that is being formed. What goes wrong with it, but a bucket that is away,
/// is judged when it is written whole.
final class S3SendingPart implements SendingPart {
  private final S3VolumeWriter volume;
  private final VolumeFileName name;
  private final GrowingUpload upload;
  private boolean closed;

  S3SendingPart(S3VolumeWriter volume, VolumeFileName name, GrowingUpload upload) {
    this.volume = volume;
    this.name = name;
    this.upload = upload;
  }

  @Override
  public Optional<AppendResult> send(long size) {
    if (closed) {
      return Optional.of(left());
    }
    try {
      upload.send(size);
      return Optional.empty();
    } catch (IOException failed) {
      return Optional.of(failed(failed));
    }
  }

  @Override
  public AppendResult complete(long crc32c) {
    if (closed) {
      return left();
    }
    try {
      var header = upload.complete(crc32c);
      return volume.placed(name, header);
    } catch (IOException failed) {
      return failed(failed);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        upload.close();
      } catch (IOException unfinished) {
        // not visible, and the next writer of this volume ends it
      }
    }
  }

  private VolumeFull left() {
    return new VolumeFull("volume " + volume.label().name() + " was left meanwhile");
  }

  private static AppendResult failed(IOException failed) {
    return failed instanceof BucketException no && no.kind() == Kind.AWAY
        ? new Failed(no.problem(), no.exit())
        : new VolumeFull(Reason.of(failed));
  }
}
