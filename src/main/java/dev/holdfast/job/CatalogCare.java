package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.image.Digests;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.DebrisRequest;
import dev.holdfast.media.FoundManifest;
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
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.report.CatalogCheckReport;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares a set's catalog with its media, and makes it anew from them: the catalog is a cache of
/// what media know.
public final class CatalogCare {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Declarations declarations;
  private final BackupSet set;
  private final Clock clock;
  private final List<Problem> problems = new ArrayList<>();

  public CatalogCare(Declarations declarations, BackupSet set, Clock clock) {
    this.declarations = declarations;
    this.set = set;
    this.clock = clock;
  }

  /// Names every difference; changes nothing.
  public CatalogCheckReport check() throws IOException, InterruptedException {
    var began = Instant.now(clock);
    try (var reader = SetReader.open(declarations, set)) {
      var labels = reader.catalog().images().volumes().stream().map(VolumeRow::label).toList();
      var found = new HashMap<ImageId, Manifest>();
      labels.forEach(label -> read(reader.sources().storage(), label, found));
      var stored = reader.catalog().images().in(ImageState.STORED);
      stored.forEach(row -> compare(row, found));
      var known = stored.stream().map(row -> row.planned().image()).collect(Collectors.toSet());
      // under its tombstone an image is taken away, the manifest first
      known.addAll(reader.catalog().lifetimes().expired());
      found.keySet().stream()
          .filter(image -> !known.contains(image))
          .forEach(image -> differs(image, "is on media and not in the catalog"));
      debris(reader, labels);
      return new CatalogCheckReport(
          set.name(),
          problems.isEmpty() ? ExitCode.OK : ExitCode.DAMAGED,
          new Span(began, Instant.now(clock)),
          stored.size(),
          labels.size(),
          problems);
    }
  }

  /// Makes catalog and local copies anew from media and staging; the old catalog is kept aside.
  public CatalogRebuildReport rebuild() throws IOException, InterruptedException {
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
      var storage = usable();
      if (Files.exists(state.catalog())) {
        var aside = state.folder().resolve("catalog.before-" + began.toEpochMilli());
        Files.move(state.catalog(), aside, StandardCopyOption.ATOMIC_MOVE);
      }
      try (var catalog = Catalog.open(state.catalog(), PATIENCE)) {
        return rebuild(state, storage, catalog, began);
      }
    }
  }

  private CatalogRebuildReport rebuild(
      SetState state, MediaStorage storage, Catalog catalog, Instant began) throws IOException {
    var volumes = volumes(storage);
    var found = new HashMap<ImageId, Manifest>();
    for (var label : volumes) {
      catalog
          .images()
          .volume(new VolumeRow(label.name(), label.uuid(), label.storage(), label.labelledAt()));
      read(storage, label.name(), found);
    }
    var sidecars = new Sidecars(state.sidecars());
    var images = new ArrayList<ImageRef>();
    for (var manifest : inOrder(found)) {
      catalog
          .images()
          .stored(
              manifest,
              Recovery.verdict(set, manifest),
              Digests.of(ManifestCodec.encode(manifest)));
      keep(sidecars, storage, manifest);
      images.add(SetReader.ref(manifest));
    }
    adoptStaged(catalog, sidecars, found.keySet(), images);
    return new CatalogRebuildReport(
        set.name(),
        problems.isEmpty() ? ExitCode.OK : ExitCode.DAMAGED,
        new Span(began, Instant.now(clock)),
        volumes.stream().map(VolumeLabel::name).toList(),
        images,
        problems);
  }

  private MediaStorage usable() {
    var storage = StorageUses.open(declarations, set);
    if (storage.check(Set.of()) instanceof CheckResult.Unreachable(var problem)) {
      throw new HoldfastException(ExitCode.TEMPFAIL, problem);
    }
    return storage;
  }

  private List<VolumeLabel> volumes(MediaStorage storage) throws IOException {
    var volumes = new ArrayList<VolumeLabel>();
    for (var sighting : storage.scan()) {
      switch (sighting) {
        case Sighting.Labelled labelled when labelled.label().set().equals(set.name()) ->
            volumes.add(labelled.label());
        case Sighting.Unreadable(var place, var cause) ->
            problems.add(
                new Problem(
                    place,
                    "has a label that cannot be read, so images on it are left out: " + cause,
                    "repair or copy the volume, then rebuild again"));
        case Sighting.Labelled _, Sighting.Foreign _ -> {
          // another set's, or another program's: not this catalog's matter
        }
      }
    }
    return volumes;
  }

  private static List<Manifest> inOrder(Map<ImageId, Manifest> found) {
    return found.values().stream().sorted(Comparator.comparingLong(Manifest::sequence)).toList();
  }

  private void keep(Sidecars sidecars, MediaStorage storage, Manifest manifest) {
    try {
      sidecars.keep(manifest, storage.reader().parts(manifest));
    } catch (IOException unreadable) {
      problems.add(
          new Problem(
              "image " + manifest.image(),
              "its index or state cannot be read: " + Reason.of(unreadable),
              "the next run makes a full where it must"));
    }
  }

  private void adoptStaged(
      Catalog catalog, Sidecars sidecars, Set<ImageId> stored, List<ImageRef> images)
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

  private void read(MediaStorage storage, Label label, Map<ImageId, Manifest> found) {
    try {
      for (var manifest : storage.reader().manifests(label)) {
        switch (manifest) {
          case FoundManifest.Whole(_, var whole) -> found.put(whole.image(), whole);
          case FoundManifest.Damaged(_, var image, var reason) ->
              differs(image, "has a damaged manifest on volume " + label + ": " + reason);
        }
      }
    } catch (IOException unreadable) {
      problems.add(
          new Problem(
              "volume " + label,
              "cannot be read: " + Reason.of(unreadable),
              "see that the storage is mounted, then type this again"));
    }
  }

  private void compare(ImageRow row, Map<ImageId, Manifest> found) {
    var image = row.planned().image();
    var onMedia = found.get(image);
    if (onMedia == null) {
      differs(image, "is in the catalog and has no manifest on media");
    } else if (!row.manifest().filter(onMedia::equals).isPresent()) {
      differs(image, "has another manifest on media than in the catalog");
    }
  }

  private void debris(SetReader reader, List<Label> labels) throws IOException {
    var kept = new HashSet<ImageId>();
    reader.images().forEach(row -> kept.add(row.planned().image()));
    reader
        .catalog()
        .images()
        .in(ImageState.WRITING)
        .forEach(row -> kept.add(row.planned().image()));
    var debris =
        reader
            .sources()
            .storage()
            .reader()
            .debris(new DebrisRequest(set.name(), Set.copyOf(labels), kept));
    debris.forEach(
        file ->
            problems.add(
                new Problem(
                    "volume " + file.volume() + " file " + file.number(),
                    "belongs to no image",
                    "the next run removes it")));
  }

  private void differs(ImageId image, String fact) {
    problems.add(
        new Problem(
            "image " + image,
            fact,
            "'holdfast catalog rebuild " + set.name() + "' makes the catalog anew from media"));
  }
}
