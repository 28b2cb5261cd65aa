package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;
import java.nio.file.Path;
import java.util.Optional;

/// Disk space where images wait to be written.
///
/// @param path already resolved for the set; mode 0700
/// @param sizeLimit most bytes that staged and reserved images of all its sets may take
/// @param quota most bytes that those of this set may take
/// @param reserved free space of the file system that is never used
public record Staging(
    String name,
    Path path,
    Optional<ByteSize> sizeLimit,
    Optional<ByteSize> quota,
    ByteSize reserved) {}
