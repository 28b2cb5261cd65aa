package dev.holdfast.media;

import dev.holdfast.image.Header;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ImageId;
import java.nio.file.Path;

/// A part of an image that a dump still fills. Its bytes come in order and do not change, but for
/// the header, which is written last.
///
/// @param number of the part, from 1
/// @param file where it is formed
/// @param atMost bytes that it may come to, header included
public record FormingPart(ImageId image, int number, Path file, long atMost) {

  /// A part that is cut at `partSize` bytes of payload.
  public static FormingPart of(ImageId image, int number, Path file, ByteSize partSize) {
    return new FormingPart(image, number, file, Header.SIZE + partSize.bytes());
  }
}
