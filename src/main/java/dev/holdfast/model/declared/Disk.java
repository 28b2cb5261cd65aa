package dev.holdfast.model.declared;

import dev.holdfast.model.ByteSize;
import java.nio.file.Path;
import java.util.Optional;

/// Volumes as directories below one path.
///
/// @param identity text that the file `.holdfast-identity` in `path` must hold; an empty mount
///     point has none, so it is never filled
/// @param requireMount true: `path`, or a parent other than `/`, must be a mount point
/// @param minFree free space below which nothing is written
/// @param maxUsed share of the file system above which nothing is written
/// @param volumes how many volumes may exist; 0 = no limit
/// @param volumeSize capacity of one volume; empty = bounded by the file system only
/// @param autoLabel true: a missing volume is created and labelled when one is needed
public record Disk(
    Path path,
    Optional<String> identity,
    boolean requireMount,
    Threshold minFree,
    Optional<Threshold> maxUsed,
    int volumes,
    Optional<ByteSize> volumeSize,
    boolean autoLabel)
    implements StorageSpec {}
