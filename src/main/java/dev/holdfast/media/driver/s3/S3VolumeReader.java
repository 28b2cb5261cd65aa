package dev.holdfast.media.driver.s3;

import dev.holdfast.image.FileKind;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestFile;
import dev.holdfast.image.PartSource;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.media.DebrisFinder;
import dev.holdfast.media.DebrisRequest;
import dev.holdfast.media.FoundManifest;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeFileName;
import dev.holdfast.media.VolumeLabel;
import dev.holdfast.media.VolumeParts;
import dev.holdfast.media.VolumeReader;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/// Reads the volumes of a bucket.
final class S3VolumeReader implements VolumeReader {
  private final String storage;
  private final Bucket bucket;
  private final S3Scan scan;

  S3VolumeReader(String storage, Bucket bucket, S3Scan scan) {
    this.storage = storage;
    this.bucket = bucket;
    this.scan = scan;
  }

  @Override
  public VolumeLabel label(Label volume) throws IOException {
    return switch (scan.sight(volume.value())) {
      case Sighting.Labelled seen -> seen.label();
      case Sighting.Foreign(_, var looksLike) -> {
        if (!bucket.isAny(scan.layout().volume(volume))) {
          throw new IOException("volume " + volume + " is not in storage '" + storage + "'");
        }
        throw new IOException("volume " + volume + " is not of Holdfast: " + looksLike);
      }
      case Sighting.Unreadable(_, var cause) ->
          throw new IOException("volume " + volume + " has an unreadable label: " + cause);
    };
  }

  @Override
  public List<StoredFile> files(Label volume) throws IOException {
    return scan.files(volume).all();
  }

  @Override
  public Optional<String> fault(StoredFile file) {
    try (var channel = ObjectChannel.open(bucket, scan.layout().key(file))) {
      return StoredHeader.fault(channel);
    } catch (IOException unreadable) {
      return Optional.of("cannot be read: " + Reason.of(unreadable));
    }
  }

  @Override
  public List<FoundManifest> manifests(Label volume) throws IOException {
    return manifests(files(volume));
  }

  @Override
  public PartSource parts(Manifest manifest) {
    return new VolumeParts(this, this::open, manifest);
  }

  @Override
  public List<StoredFile> debris(DebrisRequest request) throws IOException {
    var files = new ArrayList<StoredFile>();
    for (var volume : request.volumes(storage, scan.sightings())) {
      files.addAll(files(volume));
    }
    var settled = settled(files, request);
    files.removeIf(file -> file.image().filter(settled::contains).isPresent());
    return new DebrisFinder(manifests(files)).debris(files, request);
  }

  /// Images that the catalog counts as stored and whose every file is there once: nothing of them
  /// can be debris, so their manifests need not be fetched one by one in every run.
  private static Set<ImageId> settled(List<StoredFile> files, DebrisRequest request) {
    var copies =
        files.stream()
            .filter(file -> file.image().filter(request.kept()::contains).isPresent())
            .collect(
                Collectors.groupingBy(
                    file -> file.image().orElseThrow(),
                    Collectors.groupingBy(
                        file -> file.kind() + "/" + file.part(), Collectors.counting())));
    return copies.entrySet().stream()
        .filter(image -> image.getValue().containsKey(FileKind.MANIFEST + "/1"))
        .filter(image -> image.getValue().values().stream().allMatch(count -> count == 1))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// Removes as the pruner. One that may not remove, or whose secrets are not here, leaves the
  /// debris to a prune where they are: it is nothing that anybody restores from.
  @Override
  public List<StoredFile> removeDebris(DebrisRequest request) throws IOException {
    for (var volume : request.volumes(storage, scan.sightings())) {
      endLeftUploads(volume);
    }
    var removed = new ArrayList<StoredFile>();
    for (var file : debris(request)) {
      try {
        bucket.remove(scan.layout().key(file));
        removed.add(file);
      } catch (BucketException no) {
        if (no.kind() != Kind.DENIED) {
          throw no;
        }
        return removed;
      } catch (HoldfastException secret) {
        if (secret.exit() != ExitCode.SECRET) {
          throw secret;
        }
        return removed;
      }
    }
    return removed;
  }

  private void endLeftUploads(Label volume) throws IOException {
    try {
      bucket.abortUploads(scan.layout().volume(volume));
    } catch (BucketException no) {
      if (no.kind() == Kind.AWAY) {
        throw no;
      }
    }
  }

  private SeekableByteChannel open(Label volume, VolumeFileName name) throws IOException {
    try {
      return ObjectChannel.open(bucket, scan.layout().key(volume, name));
    } catch (BucketException no) {
      if (no.kind() == Kind.MISSING) {
        var missing = new NoSuchFileException(name.text());
        missing.initCause(no);
        throw missing;
      }
      throw no;
    }
  }

  private List<FoundManifest> manifests(List<StoredFile> files) {
    return files.stream()
        .filter(file -> file.kind() == FileKind.MANIFEST)
        .gather(Gatherers.mapConcurrent(bucket.use().transfer().downloadThreads(), this::manifest))
        .toList();
  }

  private FoundManifest manifest(StoredFile file) {
    var image = file.image().orElseThrow();
    try (var channel = ObjectChannel.open(bucket, scan.layout().key(file))) {
      var manifest = ManifestFile.read(channel);
      return manifest.image().equals(image)
          ? new FoundManifest.Whole(file.place(), manifest)
          : new FoundManifest.Damaged(
              file.place(), image, "holds the manifest of image " + manifest.image());
    } catch (IOException unreadable) {
      return new FoundManifest.Damaged(file.place(), image, Reason.of(unreadable));
    }
  }
}
