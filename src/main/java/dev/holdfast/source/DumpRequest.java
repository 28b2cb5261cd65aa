package dev.holdfast.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// One dump.
///
/// @param base snapshot of the parent image; empty for a full
/// @param snapshot where the new snapshot is left; must not exist
/// @param noData longest time without a byte
public record DumpRequest(Optional<Path> base, Path snapshot, Duration noData) {}
