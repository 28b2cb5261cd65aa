package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.HoldRow;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.image.Manifest;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Level;
import dev.holdfast.model.SetName;
import dev.holdfast.plan.retention.AgingImage;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the volumes themselves say of a set's images, read now: only what catalog and media agree
/// about is ever pruned. Every doubt keeps an image, and with it all it builds on.
///
/// @param volumes labels of the set's volumes in the storage
/// @param files of each image, on whatever volume
/// @param doubts why an image is not what the catalog says
/// @param strangers images on media of which the catalog does not know
/// @param archived volumes of which a record beside them says that they are archived: another state
///     directory may have done that
record MediaWitness(
    Map<Label, VolumeLabel> volumes,
    Map<ImageId, List<StoredFile>> files,
    Map<ImageId, String> doubts,
    List<AgingImage> strangers,
    List<HoldRow> archived) {

  /// Nobody was asked.
  static MediaWitness none() {
    return new MediaWitness(Map.of(), Map.of(), Map.of(), List.of(), List.of());
  }

  /// The archived volume that some of the image lies on.
  Optional<HoldRow> hold(ImageId image) {
    return archived.stream()
        .filter(
            hold ->
                files.getOrDefault(image, List.of()).stream()
                    .anyMatch(file -> file.volume().equals(hold.label())))
        .findFirst();
  }

  /// Reads every manifest of the set's volumes.
  ///
  /// @throws IOException naming the volume that cannot be read: then nothing may be pruned
  static MediaWitness of(SetName set, Catalog catalog, MediaStorage storage) throws IOException {
    return read(
        set,
        storage,
        (found, volumes) -> new Doubts(catalog, storage.name(), volumes).of(found),
        found -> strangers(catalog, found));
  }

  /// The same of a further storage. Copies that the catalog does not know weigh nothing and stay.
  ///
  /// @throws IOException as for the set's own
  static MediaWitness ofCopies(SetName set, Catalog catalog, MediaStorage storage)
      throws IOException {
    return read(
        set,
        storage,
        (found, volumes) -> new Doubts(catalog, storage.name(), volumes).ofCopies(found),
        _ -> List.of());
  }

  private static MediaWitness read(
      SetName set, MediaStorage storage, Doubting doubting, Strangers strangers)
      throws IOException {
    var volumes = volumes(set, storage);
    var files = new LinkedHashMap<ImageId, List<StoredFile>>();
    var found = new LinkedHashMap<ImageId, FoundManifest>();
    var archived = new ArrayList<HoldRow>();
    for (var label : volumes.keySet()) {
      MediaCare.Archived.read(storage, set, label).ifPresent(archived::add);
      for (var file : storage.reader().files(label)) {
        file.image()
            .ifPresent(image -> files.computeIfAbsent(image, _ -> new ArrayList<>()).add(file));
      }
      storage
          .reader()
          .manifests(label)
          .forEach(manifest -> found.merge(manifest.image(), manifest, FoundManifest::or));
    }
    return new MediaWitness(
        volumes, files, doubting.of(found, volumes.keySet()), strangers.in(found), archived);
  }

  /// What is said against images by manifests found on these volumes.
  private interface Doubting {
    Map<ImageId, String> of(Map<ImageId, FoundManifest> found, Set<Label> volumes);
  }

  /// What of the manifests found nobody knows.
  private interface Strangers {
    List<AgingImage> in(Map<ImageId, FoundManifest> found);
  }

  private static Map<Label, VolumeLabel> volumes(SetName set, MediaStorage storage)
      throws IOException {
    var volumes = new LinkedHashMap<Label, VolumeLabel>();
    for (var sighting : storage.scan()) {
      switch (sighting) {
        case Sighting.Labelled(var label, _, _, _)
            when label.set().equals(set) && label.storage().equals(storage.name()) ->
            volumes.put(label.name(), label);
        case Sighting.Labelled _, Sighting.Foreign _, Sighting.Unreadable _ -> {
          // what lies on a volume that cannot be read is missed below, and so kept
        }
      }
    }
    return volumes;
  }

  /// Compares stored images with what was found of them.
  ///
  /// @param read the volumes that could be read
  private record Doubts(Catalog catalog, String storage, Set<Label> read) {

    Map<ImageId, String> of(Map<ImageId, FoundManifest> found) {
      var doubts = new LinkedHashMap<ImageId, String>();
      for (var row : catalog.images().in(ImageState.STORED)) {
        var image = row.planned().image();
        if (isHere(row)) {
          doubt(row.manifest(), Optional.ofNullable(found.get(image)))
              .ifPresent(why -> doubts.put(image, why));
        }
      }
      return doubts;
    }

    Map<ImageId, String> ofCopies(Map<ImageId, FoundManifest> found) {
      var doubts = new LinkedHashMap<ImageId, String>();
      for (var copy : catalog.copies().on(storage)) {
        if (copy.isStored()) {
          doubt(copy.manifest(), Optional.ofNullable(found.get(copy.image())))
              .ifPresent(why -> doubts.put(copy.image(), why));
        }
      }
      return doubts;
    }

    private boolean isHere(ImageRow row) {
      var labels = row.manifest().map(Writing::labels).orElse(List.of());
      return catalog.inventory().volumes().stream()
          .filter(volume -> labels.contains(volume.label()))
          .allMatch(volume -> volume.storage().equals(storage));
    }

    private Optional<String> doubt(Optional<Manifest> known, Optional<FoundManifest> found) {
      if (found.isEmpty()) {
        return Optional.of("its manifest was not found on media");
      }
      return switch (found.get()) {
        case FoundManifest.Damaged(_, _, var reason) ->
            Optional.of("its manifest on media is damaged: " + reason);
        case FoundManifest.Whole(_, var manifest) when known.filter(manifest::succeeds).isEmpty() ->
            Optional.of("its manifest on media is another one than the catalog's");
        case FoundManifest.Whole(_, var manifest) -> unread(manifest);
      };
    }

    private Optional<String> unread(Manifest manifest) {
      return Writing.labels(manifest).stream()
          .filter(label -> !read.contains(label))
          .findFirst()
          .map(label -> "volume " + label + ", which holds some of it, is not there or unreadable");
    }
  }

  private static List<AgingImage> strangers(Catalog catalog, Map<ImageId, FoundManifest> found) {
    return found.values().stream()
        .filter(manifest -> isStranger(catalog.images().find(manifest.image())))
        .flatMap(
            manifest ->
                manifest instanceof FoundManifest.Whole(_, var whole)
                    ? Optional.of(stranger(whole)).stream()
                    : Optional.<AgingImage>empty().stream())
        .toList();
  }

  /// One that a run is still about to finish is no stranger, and one under a tombstone is not.
  private static boolean isStranger(Optional<ImageRow> row) {
    return row.isEmpty()
        || row.get().state() == ImageState.PRUNED
        || row.get().state() == ImageState.COPIED
        || row.get().state() == ImageState.FAILED
        || row.get().state() == ImageState.ABANDONED;
  }

  private static AgingImage stranger(Manifest manifest) {
    return new AgingImage(
        manifest.image(),
        manifest.source().source(),
        manifest.level(),
        manifest.level().equals(Level.FULL) ? Optional.empty() : manifest.parent(),
        manifest.createdAt(),
        manifest.files().stream().mapToLong(entry -> entry.file().length()).sum(),
        Soundness.OPEN,
        false,
        List.of(),
        Optional.of("is on media and not in the catalog"));
  }
}
