package dev.holdfast.media;

import java.util.OptionalLong;

/// Bytes of a storage: the whole file system, what is free for Holdfast to write, and what
/// Holdfast's own volumes take. A bucket has no end that it would tell of.
public record Space(OptionalLong total, OptionalLong free, long used) {}
