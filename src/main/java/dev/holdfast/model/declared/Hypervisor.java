package dev.holdfast.model.declared;

/// A source of type `hypervisor`; declared and checked, dumped by a later release.
public record Hypervisor() implements SourceSpec {}
