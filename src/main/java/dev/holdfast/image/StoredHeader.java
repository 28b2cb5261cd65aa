package dev.holdfast.image;

import dev.holdfast.model.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/// What the header of a file says of its payload, the header's own digest checked.
///
/// @param length bytes of payload after the header
public record StoredHeader(FileKind kind, long length, Digest digest) {

  /// Reads the next 32 KiB and leaves the channel at the payload.
  ///
  /// @throws MalformedStreamException when these bytes are no header, or not the one written
  public static StoredHeader read(ReadableByteChannel channel) throws IOException {
    return of(readBytes(channel));
  }

  public static StoredHeader of(byte[] bytes) throws MalformedStreamException {
    return switch (Header.parse(bytes)) {
      case Header.ParseResult.Valid(var header) -> of(header);
      case Header.ParseResult.NotHoldfast() ->
          throw new MalformedStreamException("has no header of ours");
      case Header.ParseResult.NewerNeeded(var needs) ->
          throw new MalformedStreamException("needs a reader of " + needs);
      case Header.ParseResult.Damaged(var reason) -> throw new MalformedStreamException(reason);
    };
  }

  /// Reads a whole file; empty when header, length and payload are what was written.
  public static Optional<String> fault(SeekableByteChannel channel) throws IOException {
    try {
      var header = read(channel);
      if (channel.size() != header.fileSize()) {
        return Optional.of(
            "is " + channel.size() + " bytes long, was written with " + header.fileSize());
      }
      var found = StoredFiles.digest(channel);
      return found.equals(header.digest())
          ? Optional.empty()
          : Optional.of("has SHA-256 " + found + ", was written with " + header.digest());
    } catch (MalformedStreamException malformed) {
      return Optional.of(String.valueOf(malformed.getMessage()));
    }
  }

  /// The next 32 KiB, or fewer where the channel ends.
  public static byte[] readBytes(ReadableByteChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(Header.SIZE);
    int got = 0;
    while (bytes.hasRemaining() && got >= 0) {
      got = channel.read(bytes);
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /// Bytes of the whole file.
  public long fileSize() {
    return Header.SIZE + length;
  }

  private static StoredHeader of(Header header) throws MalformedStreamException {
    try {
      return new StoredHeader(
          header.kind(),
          Long.parseLong(header.require("Length")),
          new Digest(header.require("SHA-256")));
    } catch (IllegalArgumentException malformed) {
      throw new MalformedStreamException("has a malformed header: " + malformed.getMessage());
    }
  }
}
