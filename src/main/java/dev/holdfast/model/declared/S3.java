package dev.holdfast.model.declared;

/// A storage of type `s3`; declared and checked, written by a later release.
public record S3() implements StorageSpec {}
