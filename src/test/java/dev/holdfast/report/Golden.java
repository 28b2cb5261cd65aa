package dev.holdfast.report;

import dev.holdfast.fixture.Goldens;

/// The goldens of reports.
final class Golden {
  private static final Goldens REPORTS = Goldens.of("report");

  private Golden() {}

  static void matches(String file, String actual) {
    REPORTS.matches(file, actual);
  }
}
