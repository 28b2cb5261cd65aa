package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.LifeRow;
import dev.holdfast.catalog.Verdict;
import dev.holdfast.catalog.VolumeRow;
import dev.holdfast.image.Digests;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.BackupSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Brings a catalog up to what media hold, when someone else may have written since: the names on
/// the set's volumes are looked through, manifests are read only on volumes that have one which the
/// catalog does not know, and an image whose manifest is on no volume any more is forgotten. Which
/// volumes are archived is read beside them. Media are only read. Used by one thread.
final class CatchUp {

  /// What a manifest on media proves wrong. Other states say what became of a stored image.
  private static final Set<ImageState> NOT_STORED =
      EnumSet.of(
          ImageState.PLANNED,
          ImageState.STAGED,
          ImageState.WRITING,
          ImageState.FAILED,
          ImageState.ABANDONED);

  private final SetName set;
  private final Function<Manifest, Verdict> verdict;
  private final MediaStorage storage;
  private final Catalog catalog;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Label, List<StoredFile>> files = new HashMap<>();

  CatchUp(BackupSet set, MediaStorage storage, Catalog catalog) {
    this(set.name(), manifest -> Recovery.verdict(set, manifest), storage, catalog);
  }

  /// The same for a set that may be declared no more.
  ///
  /// @param verdict what the warnings of a dump come to
  CatchUp(SetName set, Function<Manifest, Verdict> verdict, MediaStorage storage, Catalog catalog) {
    this.set = set;
    this.verdict = verdict;
    this.storage = storage;
    this.catalog = catalog;
  }

  /// What came of it.
  ///
  /// @param volumes of the set, as their labels say
  /// @param read volumes whose manifests were read
  /// @param added images that the catalog did not know, in the order in which they were written
  /// @param gone images that are on media no more
  record Found(
      List<VolumeLabel> volumes,
      int read,
      List<Manifest> added,
      List<ImageId> gone,
      List<Problem> problems) {

    /// For people; empty when the catalog knew everything.
    String text() {
      if (added.isEmpty() && gone.isEmpty()) {
        return "";
      }
      var text = new StringBuilder();
      if (!added.isEmpty()) {
        text.append(added.size() + " images found on media that the catalog did not know");
      }
      if (!gone.isEmpty()) {
        text.append(added.isEmpty() ? "" : ", ");
        text.append(gone.size() + " images forgotten that are on media no more");
      }
      return text.toString();
    }
  }

  /// Where a volume cannot be read the rest is done all the same, and nothing is forgotten.
  ///
  /// @throws IOException when the storage cannot be looked through at all
  Found run() throws IOException {
    var volumes = volumes();
    for (var volume : volumes) {
      MediaCare.Archived.read(storage, set, volume.name())
          .ifPresentOrElse(
              catalog.lifetimes()::hold, () -> catalog.lifetimes().release(volume.name()));
    }
    volumes.forEach(this::list);
    var states = catalog.images().states();
    var unknown = new HashMap<ImageId, Manifest>();
    int read = 0;
    for (var volume : files.entrySet()) {
      if (volume.getValue().stream().anyMatch(file -> isUnknown(file, states))) {
        read(volume.getKey(), states, unknown);
        read++;
      }
    }
    var added =
        unknown.values().stream().sorted(Comparator.comparingLong(Manifest::sequence)).toList();
    for (var manifest : added) {
      catalog
          .images()
          .stored(manifest, verdict.apply(manifest), Digests.of(ManifestCodec.encode(manifest)));
    }
    var gone = gone();
    gone.forEach(catalog.images()::forget);
    return new Found(volumes, read, added, gone, List.copyOf(problems));
  }

  private List<VolumeLabel> volumes() throws IOException {
    var volumes = new ArrayList<VolumeLabel>();
    for (var sighting : storage.scan()) {
      switch (sighting) {
        case Sighting.Labelled labelled when labelled.label().set().equals(set) ->
            volumes.add(labelled.label());
        case Sighting.Unreadable(var place, var cause) ->
            problems.add(
                new Problem(
                    place,
                    "has a label that cannot be read, so images on it are left out: " + cause,
                    "repair or copy the volume, then type 'holdfast catalog rebuild " + set + "'"));
        case Sighting.Labelled _, Sighting.Foreign _ -> {
          // another set's, or another program's: not this catalog's matter
        }
      }
    }
    for (var label : volumes) {
      catalog
          .inventory()
          .know(new VolumeRow(label.name(), label.uuid(), label.storage(), label.labelledAt()));
    }
    return volumes;
  }

  private void list(VolumeLabel volume) {
    try {
      files.put(volume.name(), storage.reader().files(volume.name()));
    } catch (IOException unreadable) {
      unreadable(volume.name(), unreadable);
    }
  }

  private static boolean isUnknown(StoredFile file, Map<ImageId, ImageState> states) {
    return file.kind() == FileKind.MANIFEST
        && file.image().filter(image -> isUnknown(image, states)).isPresent();
  }

  private static boolean isUnknown(ImageId image, Map<ImageId, ImageState> states) {
    var state = states.get(image);
    return state == null || NOT_STORED.contains(state);
  }

  private void read(Label label, Map<ImageId, ImageState> states, Map<ImageId, Manifest> unknown) {
    try {
      for (var manifest : storage.reader().manifests(label)) {
        switch (manifest) {
          case FoundManifest.Whole(_, var whole) when isUnknown(whole.image(), states) ->
              unknown.put(whole.image(), whole);
          case FoundManifest.Whole _ -> {
            // the catalog has it
          }
          case FoundManifest.Damaged(_, var image, var reason) ->
              problems.add(
                  new Problem(
                      "image " + image,
                      "has a damaged manifest on volume " + label + ": " + reason,
                      "'holdfast verify " + set + "' says what can still be restored"));
        }
      }
    } catch (IOException unreadable) {
      unreadable(label, unreadable);
    }
  }

  /// Nothing while anything cannot be read: the manifest may be there. Never an image of which a
  /// file lies in another storage than the one that was looked through.
  private List<ImageId> gone() {
    boolean all =
        catalog.inventory().volumes().stream()
            .filter(volume -> volume.storage().equals(storage.name()))
            .allMatch(volume -> files.containsKey(volume.label()));
    if (!all || !problems.isEmpty()) {
      return List.of();
    }
    var there = new HashSet<ImageId>();
    files.values().stream()
        .flatMap(List::stream)
        .filter(file -> file.kind() == FileKind.MANIFEST)
        .forEach(file -> file.image().ifPresent(there::add));
    return catalog.lifetimes().list().stream()
        .filter(row -> row.state() == ImageState.STORED)
        .filter(row -> files.keySet().containsAll(row.volumes()))
        .map(LifeRow::image)
        .filter(image -> !there.contains(image))
        .toList();
  }

  private void unreadable(Label volume, IOException cause) {
    problems.add(
        new Problem(
            "volume " + volume,
            "cannot be read: " + Reason.of(cause),
            "see that the storage is mounted, then type 'holdfast catalog rebuild " + set + "'"));
  }
}
