package dev.holdfast.media;

import dev.holdfast.image.FileKind;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.VolumeFile;
import java.util.Optional;

/// A file on a volume, as its name says; its content was not read.
///
/// @param image whose file it is; empty for LABEL and TOC
/// @param part number of the part, 1 for every other kind
/// @param bytes its whole size, header included
public record StoredFile(
    Label volume, int number, FileKind kind, Optional<ImageId> image, int part, long bytes) {

  public VolumeFile place() {
    return new VolumeFile(volume, number);
  }
}
