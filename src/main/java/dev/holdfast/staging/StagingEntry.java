package dev.holdfast.staging;

/// What a folder in staging turned out to be when its files were read.
public sealed interface StagingEntry permits StagedImage, Suspect {}
