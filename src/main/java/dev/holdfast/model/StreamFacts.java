package dev.holdfast.model;

/// What one pass over a dump measured: both streams, and how many members it holds.
public record StreamFacts(
    long rawBytes, Digest raw, long storedBytes, Digest stored, long members) {}
