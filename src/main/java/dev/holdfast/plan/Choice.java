package dev.holdfast.plan;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import java.util.Optional;

/// A dump that could be made: its level, what it builds on, how large it will be, and why.
public record Choice(
    Level level, Optional<ImageId> parent, LevelEstimate estimate, String reason) {}
