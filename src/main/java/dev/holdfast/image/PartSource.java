package dev.holdfast.image;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/// Where the files of one image can be read: staging, or the volumes of a storage. Each call opens
/// the file anew, positioned at its header; the caller closes it. A missing file is an
/// `IOException` that names the place; of a volume that is there, a `MissingFileException`.
public interface PartSource {

  SeekableByteChannel open(Manifest.Entry entry) throws IOException;

  /// The file where it lies on a file system of this machine; empty where its bytes must be
  /// fetched.
  ///
  /// @throws IOException as `open`
  default Optional<Path> local(Manifest.Entry entry) throws IOException {
    return Optional.empty();
  }

  /// Where the file lies, for people: `volume VaultDisk-001 file 3`, `staging ...`.
  String place(Manifest.Entry entry);
}
