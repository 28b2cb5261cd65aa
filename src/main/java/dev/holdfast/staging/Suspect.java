package dev.holdfast.staging;

import java.nio.file.Path;

/// A folder in staging that is no image: its manifest is missing or damaged, or a file of it is
/// missing or short. Never restored from, never written to media, never removed by itself.
///
/// @param reason for people: what is wrong, with the name of the file
public record Suspect(Path folder, String reason) implements StagingEntry {}
