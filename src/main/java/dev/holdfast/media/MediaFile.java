package dev.holdfast.media;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.model.ImageId;
import java.nio.file.Path;

/// A complete file of an image, header included, that is to go to media byte for byte.
///
/// @param number of the part, from 1; 1 for an INDEX, STATE or MANIFEST
/// @param path where it lies now; it stays there
public record MediaFile(ImageId image, FileKind kind, int number, Path path) {

  public static MediaFile part(ImageId image, int number, Path path) {
    return new MediaFile(image, FileKind.PART, number, path);
  }

  public static MediaFile manifest(ImageId image, Path path) {
    return new MediaFile(image, FileKind.MANIFEST, 1, path);
  }

  /// The last component of its name on media: `p0001`, `index`, `state`, `manifest`.
  public String suffix() {
    return ImageFolder.fileName(kind, number);
  }
}
