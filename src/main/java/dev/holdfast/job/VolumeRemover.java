package dev.holdfast.job;

import dev.holdfast.image.FileKind;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.OpenResult;
import dev.holdfast.media.RemoveResult;
import dev.holdfast.media.RemoveResult.Failed;
import dev.holdfast.media.RemoveResult.Kept;
import dev.holdfast.media.RemoveResult.Removed;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.media.WriteClaim;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Removes images from the volumes of one storage: the manifest first, so that what is left is
/// debris and never half an image, then state, index and parts from the last to the first. One
/// volume is open at a time; each that was changed gets a new table of contents. Used by one
/// thread.
final class VolumeRemover implements AutoCloseable {
  private static final List<FileKind> ORDER =
      List.of(FileKind.MANIFEST, FileKind.STATE, FileKind.INDEX, FileKind.PART);

  private final MediaStorage storage;
  private final MediaWitness witness;
  private final Terms terms;
  private @Nullable VolumeWriter current;
  private List<StoredFile> listed = List.of();
  private Optional<Problem> trouble = Optional.empty();

  /// On whose behalf it removes.
  ///
  /// @param run that a new table of contents names
  /// @param closed volumes that must not be changed
  record Terms(SetName set, RunId run, Set<Label> closed) {
    Terms {
      closed = Set.copyOf(closed);
    }
  }

  VolumeRemover(MediaStorage storage, MediaWitness witness, Terms terms) {
    this.storage = storage;
    this.witness = witness;
    this.terms = terms;
  }

  /// Removes every file of an image that was seen in the storage.
  RemoveResult remove(ImageId image) {
    int files = 0;
    long bytes = 0;
    for (var kind : ORDER) {
      for (var label : labels(image, kind)) {
        switch (remove(image, kind, label)) {
          case Removed(var count, var size) -> {
            files += count;
            bytes += size;
          }
          case Kept kept -> {
            return kept;
          }
          case Failed failed -> {
            return failed;
          }
        }
      }
    }
    return new Removed(files, bytes);
  }

  MediaWitness witness() {
    return witness;
  }

  /// What could not be said about a volume after its files were removed.
  Optional<Problem> trouble() {
    return trouble;
  }

  /// Volumes with files of that kind, the one with the last of them first.
  private List<Label> labels(ImageId image, FileKind kind) {
    return witness.files().getOrDefault(image, List.of()).stream()
        .filter(file -> file.kind() == kind)
        .sorted(Comparator.comparingInt(StoredFile::part).reversed())
        .map(StoredFile::volume)
        .distinct()
        .toList();
  }

  private RemoveResult remove(ImageId image, FileKind kind, Label label) {
    var obstacle = open(label);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    // by what the volume has now: numbers are given anew after the last file of a volume went
    var places =
        listed.stream()
            .filter(file -> file.kind() == kind && file.image().filter(image::equals).isPresent())
            .sorted(Comparator.comparingInt(StoredFile::part).reversed())
            .map(StoredFile::place)
            .toList();
    var writer = current;
    return writer == null || places.isEmpty() ? new Removed(0, 0) : writer.remove(places);
  }

  private Optional<RemoveResult> open(Label label) {
    if (current != null && current.label().name().equals(label)) {
      return Optional.empty();
    }
    close();
    var expected = witness.volumes().get(label);
    if (expected == null) {
      throw new IllegalStateException("volume " + label + " was not seen");
    }
    var claim = new WriteClaim(terms.set(), storage.name(), expected, terms.closed());
    return switch (storage.open(claim)) {
      case OpenResult.Opened(var writer) -> listed(writer);
      case OpenResult.Busy(var holder) ->
          Optional.of(
              new Failed(
                  new Problem(
                      "volume " + label,
                      "is in use by " + holder + "; nothing more was pruned",
                      "prune again when that has ended"),
                  ExitCode.LOCKED));
      case OpenResult.Refused(var problem, var exit) -> Optional.of(new Failed(problem, exit));
    };
  }

  private Optional<RemoveResult> listed(VolumeWriter writer) {
    current = writer;
    try {
      listed = storage.reader().files(writer.label().name());
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of(
          new Failed(
              new Problem(
                  "volume " + writer.label().name(),
                  "cannot be read: " + Reason.of(unreadable) + "; nothing more was pruned",
                  "see that the storage is mounted and whole, then prune again"),
              ExitCode.TEMPFAIL));
    }
  }

  @Override
  public void close() {
    var volume = current;
    current = null;
    if (volume == null) {
      return;
    }
    try (volume) {
      switch (volume.writeToc(terms.run())) {
        case AppendResult.Written _, AppendResult.VolumeFull _ -> {
          // a full volume goes without: its manifests tell the same
        }
        case AppendResult.Failed(var problem, _) -> trouble = Optional.of(problem);
      }
    }
  }
}
