package dev.holdfast.catalog;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.RunId;
import java.time.Instant;

/// An image that waits in staging for a writer, without its manifest.
///
/// @param createdAt when its run planned it, the same for all images of a run
/// @param stagedAt when it was whole
/// @param storedBytes of its compressed stream, close to what its files take
public record WaitingImage(
    ImageId image, RunId run, Instant createdAt, Instant stagedAt, long storedBytes) {}
