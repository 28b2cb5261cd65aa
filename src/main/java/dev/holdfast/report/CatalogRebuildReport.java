package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import java.util.List;

/// What a catalog that was lost came back with.
///
/// @param volumes that were read
/// @param images with a manifest, on media and in staging
/// @param problems what could not be read, and what that leaves out
public record CatalogRebuildReport(
    SetName set,
    ExitCode exit,
    Span span,
    List<Label> volumes,
    List<ImageRef> images,
    List<Problem> problems)
    implements Report {

  public CatalogRebuildReport {
    volumes = List.copyOf(volumes);
    images = List.copyOf(images);
    problems = List.copyOf(problems);
  }
}
