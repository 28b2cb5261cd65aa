package dev.holdfast.catalog;

import dev.holdfast.model.RunId;
import dev.holdfast.model.SourceName;
import java.time.Duration;

/// How a source fared in a run.
///
/// @param outcome the job's word for it
/// @param problem text for people; empty without one
public record SourceResultRow(
    RunId run, SourceName source, String outcome, String problem, Duration took) {}
