package dev.holdfast.image;

import dev.holdfast.model.PartFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/// A file of an image that is not a part, while it is written: payload first, then the header that
/// states its length and digest, then a sync. Closed without `complete` it is debris. Used by one
/// thread.
public final class SealedFile implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final FileChannel channel;
  private final MessageDigest digest = Digests.sha256();
  private final OutputStream out;

  public SealedFile(Path file) throws IOException {
    // never into an existing file: a volume may hold its bytes under a second name
    Files.deleteIfExists(file);
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.position(Header.SIZE);
    out =
        new DigestOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), digest);
  }

  /// Where the payload goes; closing it does not close the file.
  public OutputStream payload() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }
    };
  }

  /// Writes the header and syncs.
  ///
  /// @param fields the header's fields but `Length` and `SHA-256`, which are added
  public PartFile complete(FileKind kind, HeaderFields fields, String recipe) throws IOException {
    out.flush();
    var written = new PartFile(1, channel.position() - Header.SIZE, Digests.finish(digest));
    var header =
        fields
            .with("Length", Long.toString(written.length()))
            .with("SHA-256", written.digest().hex());
    channel.position(0);
    writeFully(channel, ByteBuffer.wrap(new Header(kind, header, recipe).bytes()));
    channel.force(true);
    return written;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
