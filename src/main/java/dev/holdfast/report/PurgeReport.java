package dev.holdfast.report;

import dev.holdfast.model.Digest;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.SetName;
import java.util.List;
import java.util.Optional;

/// What a purge of a retired set did, or would do, storage by storage.
///
/// @param storages one report for each storage that holds something of the set; none when nothing
///     is left
public record PurgeReport(SetName set, ExitCode exit, List<PruneReport> storages)
    implements Report {

  public PurgeReport {
    storages = List.copyOf(storages);
  }

  /// To agree to all of it; the same on every storage.
  public Optional<Digest> digest() {
    return storages.stream().findFirst().map(PruneReport::digest);
  }
}
