package dev.holdfast.model.declared;

/// A source of type `application`; declared and checked, dumped by a later release.
public record Application() implements SourceSpec {}
