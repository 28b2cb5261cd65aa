package dev.holdfast.media;

import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/// A file that is to go to media, with its header read: a file that is not what its header says is
/// refused before a byte of it is placed.
public record CheckedFile(MediaFile file, StoredHeader header) {

  /// Reads the header, and compares kind and length with it.
  ///
  /// @throws MalformedStreamException when kind or length are not those of its header
  public static CheckedFile read(MediaFile file) throws IOException {
    try (var channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      var header = StoredHeader.read(channel);
      if (header.kind() != file.kind() || channel.size() != header.fileSize()) {
        throw new MalformedStreamException(
            "is %d bytes of %s, expected are %d of %s"
                .formatted(channel.size(), header.kind(), header.fileSize(), file.kind()));
      }
      return new CheckedFile(file, header);
    }
  }

  /// Why it is not written: it was damaged where it lies.
  public static AppendResult.Failed damaged(MediaFile file, MalformedStreamException found) {
    return new AppendResult.Failed(
        new Problem(
            file.path().toString(),
            found.getMessage() + "; it was not written to media",
            "the image was damaged before it was written; dump its source again with --fresh"),
        ExitCode.DAMAGED);
  }

  /// For people: `p0001 of image x (3.03 MiB)`.
  public String describe() {
    return "%s of image %s (%s)"
        .formatted(file.suffix(), file.image(), new ByteSize(header.fileSize()).human());
  }
}
