package dev.holdfast.staging;

import java.util.OptionalLong;

/// How full staging is, in bytes.
///
/// @param staged what images (and leftovers) take
/// @param promised what dumps that run now were promised, arrived or not
/// @param limit the most that both may be
/// @param free what the file system has left, without what is reserved
/// @param capacity what an empty staging could take
/// @param available what is free for new promises; negative when the disk filled up by itself
public record StagingFigures(
    long staged, long promised, OptionalLong limit, long free, long capacity, long available) {}
