package dev.holdfast.catalog;

import dev.holdfast.model.Estimate;
import dev.holdfast.model.Level;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SourceName;

/// What a run expected of a source's dump at one level.
///
/// @param storedBytes after compression
public record EstimateRow(
    RunId run, SourceName source, Level level, Estimate raw, long storedBytes) {}
