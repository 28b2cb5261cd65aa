package dev.holdfast.media;

import dev.holdfast.image.Manifest;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.VolumeFile;

/// A manifest on a volume.
public sealed interface FoundManifest {

  VolumeFile place();

  ImageId image();

  /// Of two of one image on one storage, the one that counts: what is whole, then what has the
  /// higher number. A copy that was made before its image had one gets a second manifest with it.
  default FoundManifest or(FoundManifest other) {
    return switch (this) {
      case Damaged _ -> other;
      case Whole(_, var mine) ->
          other instanceof Whole(_, var theirs) && theirs.sequence() > mine.sequence()
              ? other
              : this;
    };
  }

  /// Read, and its digest is right.
  record Whole(VolumeFile place, Manifest manifest) implements FoundManifest {
    @Override
    public ImageId image() {
      return manifest.image();
    }
  }

  /// Not what was written; the image it stood for is not restorable from here, and its files are
  /// not debris.
  record Damaged(VolumeFile place, ImageId image, String reason) implements FoundManifest {}
}
