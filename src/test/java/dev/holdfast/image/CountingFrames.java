package dev.holdfast.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.atomic.AtomicLong;

/// Stored files that count what is read of them.
final class CountingFrames implements PartSource {
  private final PartSource source;
  private final Manifest manifest;
  private final AtomicLong read = new AtomicLong();

  CountingFrames(StoredFiles files, PartSource source) {
    this.manifest = files.manifest();
    this.source = source;
  }

  StoredFiles files() {
    return new StoredFiles(manifest, this);
  }

  long bytesRead() {
    return read.get();
  }

  @Override
  public String place(Manifest.Entry entry) {
    return source.place(entry);
  }

  @Override
  public SeekableByteChannel open(Manifest.Entry entry) throws IOException {
    var channel = source.open(entry);
    return new SeekableByteChannel() {
      @Override
      public int read(ByteBuffer target) throws IOException {
        int got = channel.read(target);
        read.addAndGet(got);
        return got;
      }

      @Override
      public int write(ByteBuffer bytes) throws IOException {
        return channel.write(bytes);
      }

      @Override
      public long position() throws IOException {
        return channel.position();
      }

      @Override
      public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
      }

      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public SeekableByteChannel truncate(long size) throws IOException {
        channel.truncate(size);
        return this;
      }

      @Override
      public boolean isOpen() {
        return channel.isOpen();
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
