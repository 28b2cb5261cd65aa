package dev.holdfast.media;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.model.ImageId;
import java.nio.file.Path;

/// A complete file of an image, header included, that is to go to media byte for byte.
///
/// @param number of the part, from 1; 1 for an INDEX, STATE or MANIFEST
/// @param path where it lies now; it stays there
/// @param bytes whether media may share them with what lies at `path`
public record MediaFile(ImageId image, FileKind kind, int number, Path path, Bytes bytes) {

  /// A file that media may share its bytes with: it leaves its place soon.
  public MediaFile(ImageId image, FileKind kind, int number, Path path) {
    this(image, kind, number, path, Bytes.SHARED);
  }

  /// What may be done to save a transfer.
  public enum Bytes {
    /// A second name of the same bytes will do.
    SHARED,
    /// The bytes are written anew: one fault must never hit both.
    OWN
  }

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
