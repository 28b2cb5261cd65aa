package dev.holdfast.media;

import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Label;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// A declared storage and its volumes. Thread-safe; a volume has one writer at a time. Nothing is
/// kept between calls that the medium could contradict: each call looks again.
public interface MediaStorage {

  /// Its declared name.
  String name();

  /// Whether it is there and the one that is meant. Creates nothing unless the storage was never
  /// used and its declaration allows it.
  ///
  /// @param known labels that the catalog has recorded here; when there are some and none is
  ///     found, this is not the storage that they were written to
  CheckResult check(Set<Label> known);

  /// Every place, in order of name. Reads labels only.
  List<Sighting> scan() throws IOException;

  Limits limits() throws IOException;

  Space space() throws IOException;

  /// Makes a new volume that holds only this label. Never in a place that is taken.
  LabelResult label(VolumeLabel label);

  /// The one way to write to a volume: reads the label from the medium in this call and refuses
  /// what is not exactly the expected volume of this set and storage.
  OpenResult open(WriteClaim claim);

  /// Bytes that a part must have before it is worth sending what there is of it, while the dump
  /// goes on; empty where only complete files are written.
  default OptionalLong sendsFrom() {
    return OptionalLong.empty();
  }

  /// What parts come to here unless the set declares another size: on volumes that are near, so
  /// large that their number does not matter.
  default ByteSize usualPartSize() {
    return new ByteSize(1L << 30);
  }

  VolumeReader reader();

  /// The records beside its volumes.
  Shelf shelf();

  /// Tries what this storage can do. Writes small things of its own and removes them again.
  List<Probe> probe();
}
