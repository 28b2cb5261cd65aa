package dev.holdfast.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A MANIFEST file: a header and the JSON of `ManifestCodec`. Stateless, thread-safe.
public final class ManifestFile {
  private static final long LARGEST = 64L << 20;

  private ManifestFile() {}

  /// Reads the file whole; nothing of it is believed before header and payload passed their check.
  ///
  /// @throws MalformedStreamException when it is not what was written, or not a manifest
  public static Manifest read(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel);
    }
  }

  /// The same of a file that was opened, at its header.
  public static Manifest read(SeekableByteChannel channel) throws IOException {
    var header = StoredHeader.read(channel);
    if (header.kind() != FileKind.MANIFEST) {
      throw new MalformedStreamException("is of kind " + header.kind() + ", not a manifest");
    }
    if (header.length() > LARGEST || channel.size() != header.fileSize()) {
      throw new MalformedStreamException(
          "is " + channel.size() + " bytes long, was written with " + header.fileSize());
    }
    var payload = ByteBuffer.allocate((int) header.length());
    int got = 0;
    while (payload.hasRemaining() && got >= 0) {
      got = channel.read(payload);
    }
    if (!Digests.of(payload.array()).equals(header.digest())) {
      throw new MalformedStreamException("does not have the SHA-256 " + header.digest());
    }
    return ManifestCodec.decode(payload.array());
  }
}
