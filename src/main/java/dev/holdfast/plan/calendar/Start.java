package dev.holdfast.plan.calendar;

import dev.holdfast.model.declared.Schedule.DayLevel;
import java.time.Instant;
import java.time.LocalDate;

/// A moment at which a set shall run.
///
/// @param at with the set's spread
/// @param day of the calendar that it belongs to: what a rule named, also when the spread carries
///     it past midnight
/// @param level what the rule of the day wants; never NONE
/// @param by the words of the rule
public record Start(Instant at, LocalDate day, DayLevel level, String by) {}
