package dev.holdfast.image;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Problem;

/// A stored file that is not what its manifest says.
///
/// @param file `p0001`, `index`, ...
/// @param place volume and file number, or the folder in staging
/// @param what expected and found, for people
public record Damage(ImageId image, String file, String place, String what) {

  /// What a person reads: which bytes, where, and what is lost with them.
  public Problem problem() {
    return new Problem(
        place,
        "damaged: " + file + " of image " + image + ": " + what,
        "restore from another image with --at, or copy the volume again from its source;"
            + " 'holdfast verify' names every damaged file");
  }
}
