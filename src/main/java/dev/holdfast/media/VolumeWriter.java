package dev.holdfast.media;

import dev.holdfast.model.RunId;

/// One volume, open for appending by its only writer. Came through the label guard. Used by one
/// thread at a time; close it before another volume is asked for.
public interface VolumeWriter extends AutoCloseable {

  VolumeLabel label();

  /// Writes the file as the volume's next one. A file that is on this volume already, whole, from
  /// an earlier attempt, is not written twice: its place is returned.
  AppendResult append(MediaFile file);

  /// Writes the table of contents: every file of the volume with its length and digest. Nothing
  /// happens when the newest file is a TOC already. A volume too full for it goes without.
  AppendResult writeToc(RunId run);

  @Override
  void close();
}
