package dev.holdfast.catalog;

import dev.holdfast.model.Digest;
import java.time.Instant;

/// A prune that a person agreed to.
///
/// @param digest of what was to go
/// @param newest point in time of the newest image that there was then
public record AgreementRow(Digest digest, Instant at, Instant newest) {}
