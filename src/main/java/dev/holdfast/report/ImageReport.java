package dev.holdfast.report;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import java.util.List;

/// An image that exists.
///
/// @param rawBytes the archiver's stream
/// @param storedBytes payload of all parts, after compression
/// @param volumes where its parts are, in part order, each once; empty while it is only staged
public record ImageReport(
    ImageId image,
    Place place,
    long rawBytes,
    long storedBytes,
    long members,
    List<Label> volumes) {

  /// Where the image is.
  public enum Place {
    STAGED,
    STORED,
    /// On further storages only.
    COPIED
  }

  public ImageReport {
    volumes = List.copyOf(volumes);
  }
}
