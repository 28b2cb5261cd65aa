package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import java.util.List;

/// Where the catalog of a set and its media disagree.
///
/// @param images how many were compared
/// @param volumes how many were read
public record CatalogCheckReport(
    SetName set, ExitCode exit, Span span, long images, long volumes, List<Problem> differences)
    implements Report {

  public CatalogCheckReport {
    differences = List.copyOf(differences);
  }
}
