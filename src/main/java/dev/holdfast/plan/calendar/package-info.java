/// The calendar: starts, windows and what is due, from a schedule, a time zone and an instant.
/// Pure; knows no clock, no files and no sets beyond their names.
///
/// May import: `model`.
@NullMarked
package dev.holdfast.plan.calendar;

import org.jspecify.annotations.NullMarked;
