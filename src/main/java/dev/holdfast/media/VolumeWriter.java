package dev.holdfast.media;

import dev.holdfast.model.RunId;
import dev.holdfast.model.VolumeFile;
import java.util.List;
import java.util.Optional;

/// One volume, open for appending and removing by its only writer. Came through the label guard.
/// Used by one thread at a time; close it before another volume is asked for.
public interface VolumeWriter extends AutoCloseable {

  VolumeLabel label();

  /// Writes the file as the volume's next one. A file that is on this volume already, whole, from
  /// an earlier attempt, is not written twice: its place is returned.
  AppendResult append(MediaFile file);

  /// Begins to send a part before it is complete: one at a time, and only where
  /// `MediaStorage.sendsFrom` names a size that the part has reached.
  ///
  /// @return empty when this volume takes it only whole
  default Optional<SendingPart> begin(FormingPart part) {
    return Optional.empty();
  }

  /// Writes the table of contents: every file of the volume with its length and digest. Nothing
  /// happens when the newest file is a TOC that names just what is there, and on a volume that
  /// holds only its label, whose place is the answer then. A volume too full for it goes without.
  AppendResult writeToc(RunId run);

  /// Removes these files of this volume in the order given, each durably before the next; one that
  /// is not there counts as removed. Tables of contents that could name one of them go first: a
  /// volume may have none, but never one that lies. Numbers are given anew after the last file was
  /// removed, so the caller asks `VolumeReader.files` while it has the volume open.
  ///
  /// @throws IllegalArgumentException for a file of another volume, and for the label
  RemoveResult remove(List<VolumeFile> files);

  @Override
  void close();
}
