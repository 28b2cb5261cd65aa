package dev.holdfast.model.declared;

/// A rename that keeps the history.
public record Moved(@Key(value = "the former name", text = TextRule.NAME) String from) {}
