package dev.holdfast.report;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceKey;

/// An image as people know it: which source, which level, which id.
public record ImageRef(ImageId image, SourceKey source, Level level) {}
