package dev.holdfast.media.driver.s3;

import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What an object is made of, read as often as it is sent. Thread-safe: each stream is its own.
sealed interface Body {

  long size();

  /// The bytes of one range, which the caller closes.
  ///
  /// @throws MalformedStreamException when they cannot be read: damage of the file, not of S3
  InputStream open(long from, long length) throws IOException;

  /// A complete file of an image.
  record OfFile(Path path, long size) implements Body {
    @Override
    public InputStream open(long from, long length) throws IOException {
      try {
        return new Slice(FileChannel.open(path, StandardOpenOption.READ), from, length);
      } catch (IOException unreadable) {
        throw new MalformedStreamException("cannot be read: " + Reason.of(unreadable));
      }
    }
  }

  /// A file that somebody still writes at its end. Stays readable when it is renamed or removed.
  final class Growing implements Body, AutoCloseable {
    private final FileChannel channel;

    Growing(Path file) throws IOException {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public long size() {
      try {
        return channel.size();
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    @Override
    public InputStream open(long from, long length) {
      return new Slice(channel, from, length) {
        @Override
        public void close() {
          // other pieces are read from the same channel
        }
      };
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /// Bytes that are made here: a label, a table of contents, a record.
  final class OfBytes implements Body {
    private final byte[] bytes;

    OfBytes(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open(long from, long length) {
      return new ByteArrayInputStream(bytes, (int) from, (int) length);
    }
  }

  /// A range of a file; no byte of it is kept in memory.
  class Slice extends InputStream {
    private final FileChannel channel;
    private long at;
    private final long end;

    Slice(FileChannel channel, long from, long length) {
      this.channel = channel;
      this.at = from;
      this.end = from + length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (at >= end) {
        return -1;
      }
      try {
        int most = (int) Math.min(length, end - at);
        int got = channel.read(ByteBuffer.wrap(bytes, from, most), at);
        at += Math.max(0, got);
        return got;
      } catch (IOException unreadable) {
        throw new MalformedStreamException("cannot be read: " + Reason.of(unreadable));
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
