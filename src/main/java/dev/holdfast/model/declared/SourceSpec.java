package dev.holdfast.model.declared;

/// The part of a declared source that depends on its kind; switched on in `source.driver` only.
public sealed interface SourceSpec permits Filesystem, Database, Application, Hypervisor {}
