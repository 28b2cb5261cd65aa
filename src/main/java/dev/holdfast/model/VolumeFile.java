package dev.holdfast.model;

/// Where a file of an image lies: on which volume, at which number (0 is the label).
public record VolumeFile(Label volume, int number) {}
