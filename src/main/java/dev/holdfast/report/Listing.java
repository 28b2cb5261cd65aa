package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import java.util.List;

/// Rows of one kind.
///
/// @param name of the rows, plural: `images`; also the name of the JSON schema
public record Listing(String name, List<Row> rows) implements Report {

  public Listing {
    rows = List.copyOf(rows);
  }

  public static Listing of(String name, List<? extends Row> rows) {
    return new Listing(name, List.copyOf(rows));
  }

  /// An empty list of what exists is a true answer; an empty selection is refused earlier.
  @Override
  public ExitCode exit() {
    return ExitCode.OK;
  }
}
