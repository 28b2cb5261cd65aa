package dev.holdfast.plan;

import dev.holdfast.model.OneShot;
import dev.holdfast.model.Route;
import dev.holdfast.model.SourceName;
import java.time.Duration;
import java.util.Optional;

/// One dump that a run will make.
///
/// @param choice its level, parent, estimate, and the sentence that says why
/// @param urgency the planner's order: declared priority and days overdue, higher first
/// @param expected how long it will take, by the rate of earlier dumps
/// @param obeys the one-shot command that is done when this dump succeeds
public record DumpPlan(
    SourceName source,
    Choice choice,
    Route route,
    int urgency,
    Duration expected,
    Degraded degraded,
    Optional<OneShot> obeys) {}
