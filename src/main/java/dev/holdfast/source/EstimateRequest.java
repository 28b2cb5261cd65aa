package dev.holdfast.source;

import java.nio.file.Path;
import java.util.Optional;

/// What a driver needs to say how large a dump would be.
///
/// @param base snapshot of the parent image; empty for a full
/// @param scratch folder for what it needs meanwhile; nothing is left there
public record EstimateRequest(Optional<Path> base, Path scratch) {}
