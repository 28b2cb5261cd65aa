package dev.holdfast.image;

import dev.holdfast.model.Digest;

/// One independently decodable piece of the stored stream, and where it lies.
///
/// @param part number of the part that holds it, from 1
/// @param partOffset first byte in that part's payload
/// @param digest of the stored bytes, so that a frame is checked without reading its whole part
public record Frame(
    int part, long partOffset, long storedLength, long rawOffset, long rawLength, Digest digest) {}
