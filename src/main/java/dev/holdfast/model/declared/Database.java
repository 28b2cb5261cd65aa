package dev.holdfast.model.declared;

/// A source of type `database`; declared and checked, dumped by a later release.
public record Database() implements SourceSpec {}
