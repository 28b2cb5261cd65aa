package dev.holdfast.image;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// The raw stream of one image by frames: a frame's stored bytes are checked against the digest in
/// the index (which the manifest vouches for) before they are decoded, so that one file comes back
/// without reading its whole part. Reading is sequential, decoding runs on the workers.
final class FrameSource implements AutoCloseable {
  private final StoredFiles files;
  private final List<Frame> frames;
  private final FrameWorkers workers;
  private final boolean plain;
  private final Map<Integer, Manifest.Entry> parts;
  private final Map<Integer, SeekableByteChannel> open = new HashMap<>();

  FrameSource(StoredFiles files, List<Frame> frames, FrameWorkers workers)
      throws MalformedStreamException {
    this.files = files;
    this.frames = frames;
    this.workers = workers;
    this.plain = files.manifest().compression().equals("none");
    this.parts =
        files.manifest().parts().stream()
            .collect(Collectors.toMap(entry -> entry.file().number(), entry -> entry));
    checkFrames();
  }

  int count() {
    return frames.size();
  }

  Frame frame(int index) {
    return frames.get(index);
  }

  /// The number of the frame that holds this byte of the raw stream.
  int indexOf(long rawOffset) throws MalformedStreamException {
    int low = 0;
    int high = frames.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      var frame = frames.get(middle);
      if (rawOffset < frame.rawOffset()) {
        high = middle - 1;
      } else if (rawOffset >= frame.rawOffset() + frame.rawLength()) {
        low = middle + 1;
      } else {
        return middle;
      }
    }
    throw new MalformedStreamException(
        "the index names byte " + rawOffset + ", which no frame has");
  }

  /// Reads a frame now and decodes it soon.
  Future<byte[]> fetch(int index) throws IOException {
    var frame = frames.get(index);
    var stored = read(frame);
    return workers.submit(() -> decode(frame, stored));
  }

  static byte[] await(Future<byte[]> frame) throws IOException {
    try {
      return frame.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("stopped while reading");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException cause
          ? cause
          : new IOException(failed.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    for (var channel : open.values()) {
      channel.close();
    }
    open.clear();
  }

  private byte[] read(Frame frame) throws IOException {
    var entry = entry(frame);
    var channel = open.get(frame.part());
    if (channel == null) {
      close();
      channel = files.open(entry);
      open.put(frame.part(), channel);
    }
    var stored = ByteBuffer.allocate((int) frame.storedLength());
    channel.position(Header.SIZE + frame.partOffset());
    StoredFiles.readFully(channel, stored);
    return stored.array();
  }

  private byte[] decode(Frame frame, byte[] stored) throws IOException {
    var found = Digests.of(stored);
    if (!found.equals(frame.digest())) {
      throw new DamagedException(
          files.damage(
              entry(frame),
              "bytes "
                  + frame.partOffset()
                  + " to "
                  + (frame.partOffset() + frame.storedLength())
                  + " of the payload have SHA-256 "
                  + found
                  + ", were written with "
                  + frame.digest()));
    }
    var raw = plain ? stored : Zstd.decompress(stored, (int) frame.rawLength());
    if (raw.length != frame.rawLength()) {
      throw new MalformedStreamException("a frame decodes to " + raw.length + " bytes");
    }
    return raw;
  }

  private Manifest.Entry entry(Frame frame) throws MalformedStreamException {
    var entry = parts.get(frame.part());
    if (entry == null) {
      throw new MalformedStreamException(
          "the index names part " + frame.part() + ", the manifest not");
    }
    return entry;
  }

  /// Frames must tile the stream and lie inside their parts: a lying index must not make us read
  /// or allocate at will.
  private void checkFrames() throws MalformedStreamException {
    long raw = 0;
    for (var frame : frames) {
      long end = frame.partOffset() + frame.storedLength();
      if (frame.rawOffset() != raw
          || frame.rawLength() < 1
          || frame.rawLength() > FrameCutter.RAW_SIZE
          || frame.storedLength() < 1
          || frame.storedLength() > Zstd.compressBound(FrameCutter.RAW_SIZE)
          || frame.partOffset() < 0
          || end > entry(frame).file().length()) {
        throw new MalformedStreamException("the index has a frame that cannot be: " + frame);
      }
      raw += frame.rawLength();
    }
    if (raw != files.manifest().stream().rawBytes()) {
      throw new MalformedStreamException("the index covers " + raw + " bytes of the stream");
    }
  }
}
