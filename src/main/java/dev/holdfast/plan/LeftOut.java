package dev.holdfast.plan;

import dev.holdfast.model.SourceName;

/// A source that gets no dump in this run.
///
/// @param wanted a person or the declarations want it so; else something is missing for it
public record LeftOut(SourceName source, String reason, boolean wanted) {}
