package dev.holdfast.report;

import dev.holdfast.model.Problem;
import java.time.Instant;
import java.util.Optional;

/// How a further storage stands after a run: what the run copied there, and what it still lacks.
///
/// @param site where it is, as declared
/// @param copied images that this run copied
/// @param bytes of them
/// @param whole images that are there, of all runs
/// @param pending images that are still to be copied
/// @param since when the oldest of those was made
/// @param late pending images that should have been there by now
/// @param problem what kept them
public record CopyReport(
    String storage,
    Optional<String> site,
    long copied,
    long bytes,
    long whole,
    long pending,
    Optional<Instant> since,
    long late,
    Optional<Problem> problem) {}
