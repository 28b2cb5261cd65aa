package dev.holdfast.model.declared;

/// A storage of type `tape`; declared and checked, written by a later release.
public record Tape() implements StorageSpec {}
