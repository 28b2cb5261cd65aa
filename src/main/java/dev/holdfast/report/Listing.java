package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import java.util.List;

/// Rows of one kind.
///
/// @param name of the rows, plural: `images`; also the name of the JSON schema
/// @param exit OK, also of an empty list, which is a true answer; another when more may be there
public record Listing(String name, List<Row> rows, ExitCode exit) implements Report {

  public Listing {
    rows = List.copyOf(rows);
  }

  public static Listing of(String name, List<? extends Row> rows) {
    return new Listing(name, List.copyOf(rows), ExitCode.OK);
  }

  /// The same, when some that were asked may not have answered.
  public Listing answered(ExitCode answered) {
    return new Listing(name, rows, answered);
  }
}
