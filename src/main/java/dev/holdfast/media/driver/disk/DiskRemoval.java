package dev.holdfast.media.driver.disk;

import dev.holdfast.image.FileKind;
import dev.holdfast.io.DurableFiles;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.Removal;
import dev.holdfast.media.RemoveResult;
import dev.holdfast.media.RemoveResult.Failed;
import dev.holdfast.media.RemoveResult.Kept;
import dev.holdfast.media.RemoveResult.Removed;
import dev.holdfast.media.StoredFile;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.VolumeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// Removes files of a volume whose label was read and whose lock is held.
record DiskRemoval(OpenVolume volume, Label label) {

  RemoveResult remove(List<VolumeFile> wanted) {
    var removal = new Removal(label);
    wanted.forEach(removal::check);
    try {
      return switch (removal.choose(DiskLayout.files(volume.folder()), wanted)) {
        case Removal.Choice.Files(var doomed) -> delete(doomed);
        case Removal.Choice.Ambiguous(var place) ->
            removal.ambiguous(place, volume.folder().toString());
      };
    } catch (IOException | UncheckedIOException unreadable) {
      return failed("cannot be read: " + Reason.of(unreadable));
    }
  }

  private RemoveResult delete(List<StoredFile> doomed) {
    int files = 0;
    long bytes = 0;
    for (var file : doomed) {
      var obstacle = delete(file);
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
      if (file.kind() != FileKind.TOC) {
        files++;
        bytes += file.bytes();
      }
    }
    return new Removed(files, bytes);
  }

  /// Asked before each file: what is mounted there now must still be the disk that was opened.
  private Optional<RemoveResult> delete(StoredFile file) {
    var away = volume.away();
    if (away.isPresent()) {
      return Optional.of(new Failed(away.get().problem(), away.get().exit()));
    }
    try {
      Files.deleteIfExists(DiskLayout.path(volume.folder(), file));
      DurableFiles.syncDirectory(volume.folder());
      Removal.point(file.kind()).reached();
      return Optional.empty();
    } catch (AccessDeniedException denied) {
      return Optional.of(kept(file, Reason.of(denied)));
    } catch (FileSystemException failed) {
      // EPERM, as for a file that was made immutable, has no exception of its own
      return Optional.of(
          String.valueOf(failed.getReason()).contains("not permitted")
              ? kept(file, Reason.of(failed))
              : failed("cannot remove file " + file.number() + ": " + Reason.of(failed)));
    } catch (IOException failed) {
      return Optional.of(failed("cannot remove file " + file.number() + ": " + Reason.of(failed)));
    }
  }

  private Kept kept(StoredFile file, String why) {
    return new Kept(
        new Problem(
            "volume " + label + " file " + file.number(),
            "is held by the file system and was not removed: " + why,
            "let the user who runs Holdfast delete in "
                + volume.folder()
                + ", and see that nothing there is immutable (lsattr)"));
  }

  private RemoveResult failed(String fact) {
    AppendResult.Failed known = volume.away().orElseGet(() -> volume.fault(fact));
    return new Failed(known.problem(), known.exit());
  }
}
