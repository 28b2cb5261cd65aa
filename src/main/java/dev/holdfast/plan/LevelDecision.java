package dev.holdfast.plan;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import java.util.Optional;

/// The level of the next dump of a source, what it builds on, and why.
public record LevelDecision(Level level, Optional<ImageId> parent, String reason) {}
