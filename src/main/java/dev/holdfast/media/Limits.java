package dev.holdfast.media;

import dev.holdfast.model.ByteSize;
import java.util.Optional;

/// What bounds the volumes of a storage.
///
/// @param volumeSize capacity of one volume; empty = bounded by the storage only
/// @param volumes most places that may be taken; 0 = no limit
/// @param autoLabel true: a new volume is labelled when one is needed
/// @param headroom bytes that may be written before a reserve of free space is touched; negative
///     when it is touched already
public record Limits(
    Optional<ByteSize> volumeSize, int volumes, boolean autoLabel, long headroom) {}
