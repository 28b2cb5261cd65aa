package dev.holdfast.plan.calendar;

import dev.holdfast.model.declared.Schedule.OnWindowEnd;
import java.time.Instant;

/// When the window that is open now closes, and what that means for a run.
public record WindowEnd(Instant at, OnWindowEnd then) {}
