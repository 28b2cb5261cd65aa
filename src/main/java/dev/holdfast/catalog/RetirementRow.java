package dev.holdfast.catalog;

import java.time.Instant;

/// The end of a set's life.
///
/// @param purged true: its images were to be pruned too
/// @param reason for people; empty when none was given
public record RetirementRow(Instant at, boolean purged, String reason) {}
