package dev.holdfast.media;

import dev.holdfast.image.FileKind;
import dev.holdfast.io.CrashPoint;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.Problem;
import dev.holdfast.model.VolumeFile;
import java.util.ArrayList;
import java.util.List;

/// What goes from a volume, and in which order, when some of its files are removed: the same for
/// every kind of storage.
///
/// @param label of the volume
public record Removal(Label label) {

  /// What is to be removed.
  public sealed interface Choice {
    /// These, in this order.
    record Files(List<StoredFile> files) implements Choice {
      public Files {
        files = List.copyOf(files);
      }
    }

    /// Nothing: a number stands for two files.
    record Ambiguous(VolumeFile place) implements Choice {}
  }

  /// Chooses what goes, tables of contents that would lie first.
  ///
  /// @param there every file of the volume
  public Choice choose(List<StoredFile> there, List<VolumeFile> wanted) {
    var doomed = new ArrayList<StoredFile>();
    for (var place : wanted) {
      var found = there.stream().filter(file -> file.number() == place.number()).toList();
      if (found.size() > 1) {
        return new Choice.Ambiguous(place);
      }
      doomed.addAll(found);
    }
    doomed.addAll(0, doubtfulContents(there, doomed));
    return new Choice.Files(doomed);
  }

  /// Refuses what is not a file of this volume.
  ///
  /// @throws IllegalArgumentException for a file of another volume, and for the label
  public void check(VolumeFile place) {
    if (!place.volume().equals(label) || place.number() < 1) {
      throw new IllegalArgumentException(
          "file %d of volume %s is not to be removed from volume %s"
              .formatted(place.number(), place.volume(), label));
    }
  }

  /// Why nothing is removed when a number stands for two files.
  ///
  /// @param where to look, for the person who must
  public RemoveResult.Failed ambiguous(VolumeFile place, String where) {
    return new RemoveResult.Failed(
        new Problem(
            "volume " + label + " file " + place.number(),
            "is there twice under two names; neither was removed",
            "look at " + where + " and move what does not belong there elsewhere"),
        ExitCode.STORAGE);
  }

  /// Reached when a file of this kind is durably gone.
  public static CrashPoint point(FileKind kind) {
    return switch (kind) {
      case TOC, LABEL -> CrashPoint.TOC_REMOVED;
      case MANIFEST -> CrashPoint.MANIFEST_REMOVED;
      case STATE -> CrashPoint.STATE_REMOVED;
      case INDEX -> CrashPoint.INDEX_REMOVED;
      case PART -> CrashPoint.PART_REMOVED;
    };
  }

  /// A table of contents names the files before it.
  private static List<StoredFile> doubtfulContents(
      List<StoredFile> there, List<StoredFile> doomed) {
    int first = doomed.stream().mapToInt(StoredFile::number).min().orElse(Integer.MAX_VALUE);
    return there.stream()
        .filter(file -> file.kind() == FileKind.TOC && file.number() > first)
        .toList()
        .reversed();
  }
}
