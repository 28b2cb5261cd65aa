package dev.holdfast.report;

import java.time.ZoneId;

/// For whom a report is rendered.
///
/// @param zone in which text shows times; JSON has them with their offset
/// @param color true: the outcome is coloured, never as its only sign
/// @param version of Holdfast, named in JSON
public record View(ZoneId zone, boolean color, String version) {}
