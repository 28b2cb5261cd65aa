package dev.holdfast.config;

import dev.holdfast.model.declared.Drill;

/// A document of kind Drill, as written.
record DrillDocument(@Flat Header header, @Flat Drill.Rehearsal rehearsal) {}
