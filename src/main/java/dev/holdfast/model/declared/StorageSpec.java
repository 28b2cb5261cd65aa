package dev.holdfast.model.declared;

/// The part of a declared storage that depends on its kind; switched on in `media.driver` only.
public sealed interface StorageSpec permits Disk, Tape, S3 {}
