package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.image.Digests;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.CopyTarget;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Storage;
import dev.holdfast.report.CatalogRebuildReport;
import dev.holdfast.report.ImageRef;
import dev.holdfast.report.Span;
import dev.holdfast.staging.StagedImage;
import dev.holdfast.staging.StagingArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes a set's catalog and local copies anew: from its own storage, from staging, and from
/// further storages, which also tell of images that the set's own storage has lost.
final class CatalogRebuild {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Declarations declarations;
  private final BackupSet set;
  private final Clock clock;
  private final CareFindings findings;
  private final List<ImageRef> images = new ArrayList<>();
  private final List<Label> volumes = new ArrayList<>();

  CatalogRebuild(Declarations declarations, BackupSet set, Clock clock) {
    this.declarations = declarations;
    this.set = set;
    this.clock = clock;
    this.findings = new CareFindings(set.name());
  }

  /// @throws HoldfastException TEMPFAIL when no storage of the set is there, LOCKED when a run
  ///     holds the set
  CatalogRebuildReport rebuild() throws IOException, InterruptedException {
    var began = Instant.now(clock);
    var state = SetState.of(declarations.state(), set.name()).create();
    var lock = OsLock.tryAcquire(state.runLock(), "process " + ProcessHandle.current().pid());
    if (lock.isEmpty()) {
      throw new HoldfastException(
          ExitCode.LOCKED,
          new Problem(
              "set " + set.name(), "a run holds it", "wait for it to end, then type this again"));
    }
    try (var _ = lock.get()) {
      var own = reachable(set.storage());
      var further = further(own.isPresent());
      keepAside(state, began);
      try (var catalog = Catalog.open(state.catalog(), PATIENCE)) {
        rebuild(catalog, new Sidecars(state.sidecars()), own, further);
      }
      return new CatalogRebuildReport(
          set.name(),
          findings.exit(),
          new Span(began, Instant.now(clock)),
          volumes,
          images,
          findings.problems());
    }
  }

  /// What lies in staging is adopted before the copies: it is on its way to the set's own storage.
  private void rebuild(
      Catalog catalog, Sidecars sidecars, Optional<MediaStorage> own, List<MediaStorage> further)
      throws IOException {
    var stored = new HashSet<ImageId>();
    if (own.isPresent()) {
      for (var manifest : manifests(catalog, own.get())) {
        catalog
            .images()
            .stored(
                manifest,
                Recovery.verdict(set, manifest),
                Digests.of(ManifestCodec.encode(manifest)));
        keep(sidecars, own.get(), manifest);
        images.add(SetReader.ref(manifest));
        stored.add(manifest.image());
      }
    }
    adoptStaged(catalog, sidecars, stored);
    for (var storage : further) {
      copies(catalog, sidecars, storage);
    }
  }

  private void copies(Catalog catalog, Sidecars sidecars, MediaStorage storage) throws IOException {
    for (var manifest : manifests(catalog, storage)) {
      if (catalog.images().find(manifest.image()).isEmpty()) {
        catalog.images().foundCopied(manifest, Recovery.verdict(set, manifest));
        keep(sidecars, storage, manifest);
        images.add(SetReader.ref(manifest));
      }
      catalog.copies().stored(storage.name(), manifest, Instant.now(clock));
    }
    unfinished(catalog, storage)
        .forEach(image -> catalog.copies().begin(image, storage.name(), Instant.now(clock)));
  }

  /// Images that have files there and no manifest: the next copy goes on with them, or removes
  /// them.
  private Set<ImageId> unfinished(Catalog catalog, MediaStorage storage) throws IOException {
    var seen = new HashSet<ImageId>();
    var whole = new HashSet<ImageId>();
    for (var volume : catalog.inventory().volumes()) {
      if (volume.storage().equals(storage.name())) {
        for (var file : storage.reader().files(volume.label())) {
          file.image().ifPresent(file.kind() == FileKind.MANIFEST ? whole::add : seen::add);
        }
      }
    }
    seen.removeAll(whole);
    return seen;
  }

  private Optional<MediaStorage> reachable(Storage declared) {
    var storage = new DeclaredStorages(declarations, set).open(declared);
    var absence = absence(storage);
    if (absence.isPresent() && set.copies().isEmpty()) {
      throw new HoldfastException(ExitCode.TEMPFAIL, absence.get());
    }
    absence.ifPresent(problem -> findings.away(problem.place(), problem.fact()));
    return absence.isPresent() ? Optional.empty() : Optional.of(storage);
  }

  /// Looked through first: the question whether it can be used may make a storage that was never
  /// used, and an empty one in the place of the one that is away would be no help.
  private static Optional<Problem> absence(MediaStorage storage) {
    try {
      storage.scan();
      return storage.check(Set.of()) instanceof CheckResult.Unreachable(var problem)
          ? Optional.of(problem)
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of(
          new Problem(
              "storage '" + storage.name() + "'",
              "cannot be looked through: " + Reason.of(unreadable),
              "bring it back, then type this again"));
    }
  }

  private List<MediaStorage> further(boolean ownIsThere) {
    var further =
        set.copies().stream()
            .map(CopyTarget::storage)
            .flatMap(storage -> reachable(storage).stream())
            .toList();
    if (!ownIsThere && further.isEmpty()) {
      throw new HoldfastException(
          ExitCode.TEMPFAIL,
          new Problem(
              "set " + set.name(),
              "none of its storages is there; the catalog was not touched",
              "bring storage '" + set.storage().name() + "' or one of its copies back"));
    }
    return further;
  }

  private static void keepAside(SetState state, Instant at) throws IOException {
    if (Files.exists(state.catalog())) {
      var aside = state.folder().resolve("catalog.before-" + at.toEpochMilli());
      Files.move(state.catalog(), aside, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// In the order in which they were written.
  private List<Manifest> manifests(Catalog catalog, MediaStorage storage) throws IOException {
    var found = volumes(storage);
    found.forEach(
        label ->
            catalog
                .inventory()
                .know(
                    new VolumeRow(
                        label.name(), label.uuid(), label.storage(), label.labelledAt())));
    for (var label : found) {
      MediaCare.Archived.read(storage, set.name(), label.name())
          .ifPresent(catalog.lifetimes()::hold);
    }
    var labels = found.stream().map(VolumeLabel::name).toList();
    volumes.addAll(labels);
    return inOrder(findings.manifests(storage, labels).values());
  }

  /// By their numbers; an image that was copied before it had one comes by its time.
  private static List<Manifest> inOrder(Collection<Manifest> manifests) {
    var ordered = new ArrayList<Manifest>();
    manifests.stream()
        .filter(manifest -> manifest.sequence() > 0)
        .sorted(Comparator.comparingLong(Manifest::sequence))
        .forEach(ordered::add);
    manifests.stream()
        .filter(manifest -> manifest.sequence() == 0)
        .sorted(Comparator.comparing(Manifest::createdAt))
        .forEach(manifest -> ordered.add(before(manifest, ordered), manifest));
    return ordered;
  }

  private static int before(Manifest unnumbered, List<Manifest> ordered) {
    int place = ordered.size();
    while (place > 0 && ordered.get(place - 1).createdAt().isAfter(unnumbered.createdAt())) {
      place--;
    }
    return place;
  }

  private List<VolumeLabel> volumes(MediaStorage storage) throws IOException {
    var ours = new ArrayList<VolumeLabel>();
    for (var sighting : storage.scan()) {
      switch (sighting) {
        case Sighting.Labelled labelled when isOurs(labelled.label(), storage) ->
            ours.add(labelled.label());
        case Sighting.Unreadable(var place, var cause) ->
            findings.problem(
                new Problem(
                    place,
                    "has a label that cannot be read, so images on it are left out: " + cause,
                    "repair or copy the volume, then rebuild again"));
        case Sighting.Labelled _, Sighting.Foreign _ -> {
          // another set's, or another program's: not this catalog's matter
        }
      }
    }
    return ours;
  }

  private boolean isOurs(VolumeLabel label, MediaStorage storage) {
    if (!label.set().equals(set.name())) {
      return false;
    }
    if (!label.storage().equals(storage.name()) && !set.copies().isEmpty()) {
      findings.problem(
          new Problem(
              "volume " + label.name(),
              "lies on storage '%s' and was labelled for '%s', so images on it are left out"
                  .formatted(storage.name(), label.storage()),
              "put it back where it belongs, then rebuild again"));
      return false;
    }
    return true;
  }

  private void keep(Sidecars sidecars, MediaStorage storage, Manifest manifest) {
    try {
      sidecars.keep(manifest, storage.reader().parts(manifest));
    } catch (IOException unreadable) {
      findings.problem(
          new Problem(
              "image " + manifest.image(),
              "its index or state cannot be read: " + Reason.of(unreadable),
              "the next run makes a full where it must"));
    }
  }

  private void adoptStaged(Catalog catalog, Sidecars sidecars, Set<ImageId> stored)
      throws IOException {
    var declared = set.staging().filter(staging -> Files.isDirectory(staging.path()));
    if (declared.isEmpty()) {
      return;
    }
    for (var entry : StagingArea.open(declared.get()).list()) {
      if (entry instanceof StagedImage image && !stored.contains(image.id())) {
        sidecars.keep(image.id(), image.folder());
        catalog.images().adoptStaged(image.manifest(), Recovery.verdict(set, image.manifest()));
        images.add(SetReader.ref(image.manifest()));
      }
    }
  }
}
