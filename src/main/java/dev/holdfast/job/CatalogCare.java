package dev.holdfast.job;

import dev.holdfast.catalog.CopyRow;
import dev.holdfast.catalog.CopyState;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.DebrisRequest;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.report.CatalogCheckReport;
import dev.holdfast.report.CatalogRebuildReport;
import dev.holdfast.report.Span;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares a set's catalog with its media, further storages included: the catalog is a cache of
/// what media know.
public final class CatalogCare {
  private final Declarations declarations;
  private final BackupSet set;
  private final Clock clock;

  public CatalogCare(Declarations declarations, BackupSet set, Clock clock) {
    this.declarations = declarations;
    this.set = set;
    this.clock = clock;
  }

  /// Names every difference; changes nothing.
  public CatalogCheckReport check() throws IOException, InterruptedException {
    var began = Instant.now(clock);
    try (var reader = SetReader.open(declarations, set)) {
      var findings = new CareFindings(set.name());
      checkOwn(reader, findings);
      for (var name : storagesOfCopies(reader)) {
        checkCopies(reader, name, findings);
      }
      return new CatalogCheckReport(
          set.name(),
          findings.exit(),
          new Span(began, Instant.now(clock)),
          reader.catalog().images().in(ImageState.STORED).size(),
          reader.catalog().inventory().volumes().size(),
          findings.problems());
    }
  }

  /// Makes catalog and local copies anew from media and staging; the old catalog is kept aside.
  public CatalogRebuildReport rebuild() throws IOException, InterruptedException {
    return new CatalogRebuild(declarations, set, clock).rebuild();
  }

  private void checkOwn(SetReader reader, CareFindings findings) {
    var storage = reader.sources().storage();
    var labels = reader.catalog().inventory().labels(storage.name());
    var found = findings.manifests(storage, labels);
    var stored = reader.catalog().images().in(ImageState.STORED);
    stored.forEach(row -> findings.compare(row.planned().image(), row.manifest(), found));
    var known = stored.stream().map(row -> row.planned().image()).collect(Collectors.toSet());
    // under its tombstone an image is taken away, the manifest first
    known.addAll(reader.catalog().lifetimes().expired());
    findings.unknown(found.keySet(), known);
    var kept = new HashSet<ImageId>();
    reader.images().forEach(row -> kept.add(row.planned().image()));
    reader
        .catalog()
        .images()
        .in(ImageState.WRITING)
        .forEach(row -> kept.add(row.planned().image()));
    findings.debris(storage, new DebrisRequest(set.name(), labels, kept, sentAhead(reader)));
  }

  /// Parts that are on media while their dump still runs.
  private static Set<VolumeFile> sentAhead(SetReader reader) {
    var images = reader.catalog().images();
    return images.in(ImageState.PLANNED).stream()
        .flatMap(row -> images.onMedia(row.planned().image()).stream())
        .flatMap(entry -> entry.place().stream())
        .collect(Collectors.toSet());
  }

  /// Also of storages that the set copies to no more.
  private static List<String> storagesOfCopies(SetReader reader) {
    return reader.catalog().copies().stored().values().stream()
        .flatMap(List::stream)
        .map(CopyRow::storage)
        .distinct()
        .sorted()
        .toList();
  }

  private void checkCopies(SetReader reader, String name, CareFindings findings) {
    var storage = reader.sources().declared().open(name);
    if (storage.isEmpty()) {
      findings.away("storage '" + name + "'", "is declared no more, and holds copies");
      return;
    }
    var labels = reader.catalog().inventory().labels(name);
    if (storage.get().check(labels) instanceof CheckResult.Unreachable(var problem)) {
      findings.away(problem.place(), problem.fact());
      return;
    }
    var found = findings.manifests(storage.get(), labels);
    var rows = reader.catalog().copies().on(name);
    rows.stream()
        .filter(CopyRow::isStored)
        .forEach(row -> findings.compare(row.image(), row.manifest(), found));
    var known =
        rows.stream()
            .filter(row -> row.state() != CopyState.PRUNED)
            .map(CopyRow::image)
            .collect(Collectors.toSet());
    findings.unknown(found.keySet(), known);
    findings.debris(storage.get(), new DebrisRequest(set.name(), labels, known));
  }
}
