package dev.holdfast.media;

/// Bytes of a storage: the whole file system, what is free for Holdfast to write, and what
/// Holdfast's own volumes take.
public record Space(long total, long free, long used) {}
