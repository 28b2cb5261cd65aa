package dev.holdfast.model;

import java.time.Duration;
import java.time.LocalDate;

/// One day of a simulation; of a day without a run nothing is dumped.
///
/// @param stored bytes that its images take
/// @param staged bytes in staging when nothing is written before the last dump ends
/// @param kept bytes on media after it, expired images left out
/// @param length how long it dumps, at the rates known
/// @param overrun how much longer than the window
public record Night(
    LocalDate date,
    int fulls,
    int incrementals,
    int delayed,
    int leftOut,
    long stored,
    long staged,
    long kept,
    Duration length,
    Duration overrun) {}
