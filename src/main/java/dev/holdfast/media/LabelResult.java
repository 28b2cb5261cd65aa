package dev.holdfast.media;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;

/// What came of labelling a new volume.
public sealed interface LabelResult {
  record Labelled(VolumeLabel label) implements LabelResult {}

  /// Something has that name already; it was not touched.
  record Taken(String place) implements LabelResult {}

  record Failed(Problem problem, ExitCode exit) implements LabelResult {}
}
