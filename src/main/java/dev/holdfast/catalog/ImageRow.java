package dev.holdfast.catalog;

import dev.holdfast.image.Manifest;
import dev.holdfast.model.PlannedDump;
import dev.holdfast.model.RunId;
import java.time.Instant;
import java.util.Optional;

/// What the catalog knows of an image.
///
/// @param planned what the run decided about it
/// @param manifest in staging's form until the image is stored; empty while it is planned
public record ImageRow(
    RunId run,
    PlannedDump planned,
    ImageState state,
    Verdict verdict,
    Instant createdAt,
    Optional<Manifest> manifest) {

  /// It lies in staging and is not on media yet.
  public boolean waits() {
    return exists() && (state == ImageState.STAGED || state == ImageState.WRITING);
  }

  /// A manifest of it is durable in staging or on media. One that goes straight to media is being
  /// written before it exists.
  public boolean exists() {
    return manifest.isPresent() && state.exists();
  }
}
