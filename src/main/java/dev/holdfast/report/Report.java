package dev.holdfast.report;

import dev.holdfast.model.ExitCode;

/// The result of one command, as facts: what a renderer turns into text or JSON.
public sealed interface Report
    permits RunReport,
        VerifyReport,
        RestoreReport,
        StatusReport,
        CalendarReport,
        CatalogCheckReport,
        CatalogRebuildReport,
        ForecastReport,
        PruneReport,
        PurgeReport,
        StorageReport,
        ConsequenceReport,
        Listing {

  /// How the command ends because of what is in here.
  ExitCode exit();
}
