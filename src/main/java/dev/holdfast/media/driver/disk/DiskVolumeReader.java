package dev.holdfast.media.driver.disk;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestFile;
import dev.holdfast.image.PartSource;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.io.OsLock;
import dev.holdfast.media.DebrisFinder;
import dev.holdfast.media.DebrisRequest;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.media.VolumeParts;
import dev.holdfast.media.VolumeReader;
import dev.holdfast.model.Label;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads the directories of a disk storage.
final class DiskVolumeReader implements VolumeReader {
  private final DiskLayout layout;
  private final String storage;

  DiskVolumeReader(DiskLayout layout, String storage) {
    this.layout = layout;
    this.storage = storage;
  }

  @Override
  public VolumeLabel label(Label volume) throws IOException {
    if (!Files.isDirectory(layout.volume(volume))) {
      throw new IOException("volume " + volume + " is not in storage '" + storage + "'");
    }
    return switch (DiskScan.sight(layout.volume(volume))) {
      case Sighting.Labelled seen -> seen.label();
      case Sighting.Foreign(_, var looksLike) ->
          throw new IOException("volume " + volume + " is not of Holdfast: " + looksLike);
      case Sighting.Unreadable(_, var cause) ->
          throw new IOException("volume " + volume + " has an unreadable label: " + cause);
    };
  }

  @Override
  public List<StoredFile> files(Label volume) throws IOException {
    return DiskLayout.files(layout.volume(volume));
  }

  @Override
  public Optional<String> fault(StoredFile file) {
    try (var channel =
        FileChannel.open(
            DiskLayout.path(layout.volume(file.volume()), file), StandardOpenOption.READ)) {
      return StoredHeader.fault(channel);
    } catch (IOException unreadable) {
      return Optional.of("cannot be read: " + Reason.of(unreadable));
    }
  }

  @Override
  public List<FoundManifest> manifests(Label volume) throws IOException {
    return files(volume).stream()
        .filter(file -> file.kind() == FileKind.MANIFEST)
        .map(this::manifest)
        .toList();
  }

  @Override
  public PartSource parts(Manifest manifest) {
    return new VolumeParts(this, new OnDisk(layout), manifest);
  }

  @Override
  public List<StoredFile> debris(DebrisRequest request) throws IOException {
    var volumes = request.volumes(storage, sightings());
    var manifests = new ArrayList<FoundManifest>();
    var files = new ArrayList<StoredFile>();
    for (var volume : volumes) {
      manifests.addAll(manifests(volume));
      files.addAll(files(volume));
    }
    return new DebrisFinder(manifests).debris(files, request);
  }

  @Override
  public List<StoredFile> removeDebris(DebrisRequest request) throws IOException {
    for (var unfinished : layout.unfinishedVolumes(request.set().value())) {
      DurableFiles.deleteTree(unfinished);
    }
    var byVolume = debris(request).stream().collect(Collectors.groupingBy(StoredFile::volume));
    var removed = new ArrayList<StoredFile>();
    for (var volume : request.volumes(storage, sightings())) {
      removed.addAll(remove(layout.volume(volume), byVolume.getOrDefault(volume, List.of())));
    }
    return removed;
  }

  private static List<StoredFile> remove(Path volume, List<StoredFile> debris) throws IOException {
    var unfinished = DiskLayout.unfinishedFiles(volume);
    if (debris.isEmpty() && unfinished.isEmpty()) {
      return List.of();
    }
    try (var lock = OsLock.tryAcquire(DiskLayout.lock(volume), "removing debris").orElse(null)) {
      if (lock == null) {
        return List.of();
      }
      for (var file : unfinished) {
        Files.deleteIfExists(file);
      }
      if (!debris.isEmpty()) {
        removeContents(volume);
      }
      for (var file : debris) {
        Files.deleteIfExists(DiskLayout.path(volume, file));
      }
      DurableFiles.syncDirectory(volume);
      return debris;
    }
  }

  /// A table of contents that names what goes would lie; the next writer makes a new one.
  private static void removeContents(Path volume) throws IOException {
    for (var file : DiskLayout.files(volume).reversed()) {
      if (file.kind() == FileKind.TOC) {
        Files.deleteIfExists(DiskLayout.path(volume, file));
      }
    }
    DurableFiles.syncDirectory(volume);
  }

  private List<Sighting> sightings() throws IOException {
    return layout.places().stream().map(DiskScan::sight).toList();
  }

  private FoundManifest manifest(StoredFile file) {
    var image = file.image().orElseThrow();
    try {
      var manifest = ManifestFile.read(DiskLayout.path(layout.volume(file.volume()), file));
      return manifest.image().equals(image)
          ? new FoundManifest.Whole(file.place(), manifest)
          : new FoundManifest.Damaged(
              file.place(), image, "holds the manifest of image " + manifest.image());
    } catch (IOException unreadable) {
      return new FoundManifest.Damaged(file.place(), image, Reason.of(unreadable));
    }
  }

  /// Files of volumes that are directories.
  private record OnDisk(DiskLayout layout) implements VolumeParts.Opener {

    @Override
    public SeekableByteChannel open(Label volume, VolumeFileName name) throws IOException {
      return FileChannel.open(path(volume, name), StandardOpenOption.READ);
    }

    @Override
    public Optional<Path> local(Label volume, VolumeFileName name) {
      return Optional.of(path(volume, name));
    }

    private Path path(Label volume, VolumeFileName name) {
      return layout.volume(volume).resolve(name.text());
    }
  }
}
