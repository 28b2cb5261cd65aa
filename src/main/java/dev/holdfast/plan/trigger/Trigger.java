package dev.holdfast.plan.trigger;

/// A rendered file, or one section of a crontab.
///
/// @param name of the file, relative to where its system looks for it; of a section its owner
/// @param text whole, with its marks
public record Trigger(String name, String text) {}
