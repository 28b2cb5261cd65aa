package dev.holdfast.media;

import dev.holdfast.image.Manifest;
import dev.holdfast.image.PartSource;
import dev.holdfast.model.Label;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Reads the volumes of a storage. Thread-safe.
public interface VolumeReader {

  /// The label as it stands on the medium now.
  ///
  /// @throws IOException naming the volume when it is missing or its label is not readable or not
  ///     the one asked for
  VolumeLabel label(Label volume) throws IOException;

  /// Every file of a volume by number, the label first.
  List<StoredFile> files(Label volume) throws IOException;

  /// Reads every byte of a file; empty when it is whole.
  Optional<String> fault(StoredFile file);

  /// Every manifest of a volume by file number, read and checked.
  List<FoundManifest> manifests(Label volume) throws IOException;

  /// Reads the files of an image where its manifest says they are. The label of each volume is
  /// checked when it is first needed.
  PartSource parts(Manifest manifest);

  /// Files on the set's volumes that no manifest names. Nothing while any volume cannot be read or
  /// is missing: the manifest that names them may be there.
  List<StoredFile> debris(DebrisRequest request) throws IOException;

  /// Removes what `debris` names, and what an interrupted labelling or copying left behind; a
  /// volume that is being written is left alone.
  ///
  /// @return the files removed
  List<StoredFile> removeDebris(DebrisRequest request) throws IOException;
}
