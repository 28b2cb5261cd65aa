package dev.holdfast.config;

import dev.holdfast.model.declared.Schedule;

/// A document of kind Schedule, as written.
record ScheduleDocument(@Flat Header header, @Flat Schedule.Timing timing) {}
