package dev.holdfast.image;

import java.nio.file.Path;

/// How far a part is while it is formed.
///
/// @param part number, from 1
/// @param file where it is formed
/// @param size bytes of the file so far, header included; of these only the header will change
/// @param crc32c of the bytes behind the header, from memory: for whoever reads the file a moment
///     later, and needs to know that it is what was written
public record PartGrowth(int part, Path file, long size, long crc32c) {}
