package dev.holdfast.media;

import java.time.Instant;
import java.util.Optional;

/// One place of a storage where a volume is or could be, as a scan found it. Unreadable is never
/// the same as blank, and what is not ours is never touched.
public sealed interface Sighting {

  /// Name of the place: the directory on disk, the slot in a library.
  String place();

  /// A volume with a readable label.
  ///
  /// @param used bytes of all its files
  /// @param nextFile number that the next file gets
  /// @param lastWritten when its newest file was written; empty when there is only the label
  record Labelled(VolumeLabel label, long used, int nextFile, Optional<Instant> lastWritten)
      implements Sighting {
    @Override
    public String place() {
      return label.name().value();
    }
  }

  /// Something else: another program's data, or a volume under a name that is not its label's.
  ///
  /// @param looksLike for people
  record Foreign(String place, String looksLike) implements Sighting {}

  /// A label that cannot be read now, or is not what was written.
  record Unreadable(String place, String cause) implements Sighting {}
}
