package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.image.Damage;
import dev.holdfast.image.FrameWorkers;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SourceKey;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Source;
import dev.holdfast.report.RunEvent;
import dev.holdfast.report.RunEvents;
import dev.holdfast.source.SourceDriver;
import dev.holdfast.source.driver.SourceDrivers;
import dev.holdfast.staging.StagingArea;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the steps of one run share.
///
/// @param staging empty when the set does not stage
record RunScope(
    RunRequest request,
    RunId run,
    SetState state,
    Catalog catalog,
    Optional<StagingArea> staging,
    MediaStorage storage,
    Lease lease,
    Sidecars sidecars,
    FrameWorkers workers,
    RunEvents events,
    StopSignal stop,
    Outcomes outcomes,
    MoveSignals signals) {

  BackupSet set() {
    return request.set();
  }

  /// The sources that this run looks at, in declared order.
  List<Source> sources() {
    return set().sources().stream()
        .filter(source -> request.only().isEmpty() || request.only().contains(source.name()))
        .toList();
  }

  Source source(SourceName name) {
    return set()
        .source(name)
        .orElseThrow(() -> new IllegalStateException("source " + name + " left the set"));
  }

  SourceDriver driver(SourceName name) {
    return SourceDrivers.of(key(name), source(name).spec());
  }

  SourceKey key(SourceName name) {
    return new SourceKey(set().name(), name);
  }

  /// What a part comes to: declared, or what the storage likes best.
  ByteSize partSize() {
    return set().media().partSize().orElseGet(storage::usualPartSize);
  }

  /// Labels of volumes that the catalog knows on the set's storage.
  Set<Label> knownLabels() {
    return knownLabels(storage.name());
  }

  /// The same of another storage.
  Set<Label> knownLabels(String name) {
    return catalog.inventory().labels(name);
  }

  /// The storages that the set's images may lie on.
  DeclaredStorages declared() {
    return new DeclaredStorages(request.declarations(), set());
  }

  /// Before every effect on media that counts: this run still has the right to write. Without a
  /// lease, because the storage was away, it is taken now.
  ///
  /// @throws StorageTroubleException when another run has it, or the storage cannot say
  void fence() throws IOException {
    switch (lease.check()) {
      case Lease.Result.Granted(var alone) when alone -> {
        // nobody else wrote since
      }
      case Lease.Result.Granted _ -> caughtUp();
      case Lease.Result.Refused(var problem) ->
          throw new StorageTroubleException(problem, ExitCode.LOCKED);
      case Lease.Result.Broken(var problem) ->
          throw new StorageTroubleException(problem, ExitCode.STORAGE);
      case Lease.Result.Away(var problem) ->
          throw new StorageTroubleException(problem, ExitCode.TEMPFAIL);
    }
  }

  /// The catalog learns what others wrote since this state directory had the lease.
  void caughtUp() throws IOException {
    var found = new CatchUp(set(), storage, catalog).run();
    if (!found.text().isEmpty()) {
      events.tell(new RunEvent.Note("another state directory was used since: " + found.text()));
    }
    found.problems().forEach(outcomes::problem);
  }

  /// Where an image can be read now.
  ImageSources readers() {
    return new ImageSources(sidecars, staging, storage, declared(), catalog.copies(), this::detour);
  }

  /// What is damaged at home and whole elsewhere still has to be known.
  private void detour(Damage found, String instead) {
    outcomes.problem(
        new Problem(
            found.place(),
            found.file()
                + " of image "
                + found.image()
                + " "
                + found.what()
                + "; it was read from "
                + instead,
            "'holdfast verify " + set().name() + "' names every damaged file"));
  }
}
