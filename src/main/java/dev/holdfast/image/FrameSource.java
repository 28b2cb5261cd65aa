package dev.holdfast.image;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// The raw stream of one image by frames: a frame's stored bytes are checked against the digest in
/// the index (which the manifest vouches for) before they are decoded, so that one file comes back
/// without reading its whole part. Reading is sequential, decoding runs on the workers.
final class FrameSource implements AutoCloseable {
  private final StoredFiles files;
  private final List<Frame> frames;
  private final FrameWorkers workers;
  private final boolean plain;
  private final Map<Integer, Manifest.Entry> parts;
  private final Map<Integer, StoredFiles.Opened> open = new HashMap<>();
  private final Deque<Buffers> spare = new ArrayDeque<>();

  /// A frame that is read and is being decoded.
  record Fetched(int index, Buffers buffers, Future<Buffers> decoded) {}

  /// Room for one frame, as it is stored and as it is in the stream, both from position 0.
  static final class Buffers {
    final byte[] stored = new byte[(int) Zstd.compressBound(FrameCutter.RAW_SIZE)];
    final byte[] raw = new byte[FrameCutter.RAW_SIZE];
  }

  FrameSource(StoredFiles files, List<Frame> frames, FrameWorkers workers)
      throws MalformedStreamException {
    this.files = files;
    this.frames = frames;
    this.workers = workers;
    this.plain = files.manifest().compression().equals("none");
    this.parts = new HashMap<>();
    for (var entry : files.manifest().parts()) {
      if (parts.put(entry.file().number(), entry) != null) {
        throw new MalformedStreamException(
            "the manifest names part " + entry.file().number() + " twice");
      }
    }
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
  Fetched fetch(int index) throws IOException {
    var frame = frames.get(index);
    var last = spare.poll();
    var buffers = last == null ? new Buffers() : last;
    var home = read(frame, buffers);
    return new Fetched(index, buffers, workers.submit(() -> decode(frame, buffers, home)));
  }

  /// Takes the room of a frame back: fresh megabytes for each would make the heap grow.
  void release(Fetched fetched) {
    spare.push(fetched.buffers());
  }

  /// The bytes of the stream; valid until the frame is released.
  static byte[] await(Fetched fetched) throws IOException {
    try {
      return fetched.decoded().get().raw;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while reading");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException cause
          ? cause
          : new IOException(failed.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    for (var part : open.values()) {
      part.channel().close();
    }
    open.clear();
  }

  /// @return where it was read
  private PartSource read(Frame frame, Buffers buffers) throws IOException {
    var entry = entry(frame);
    var part = open.get(frame.part());
    if (part == null) {
      close();
      part = files.open(entry);
      open.put(frame.part(), part);
    }
    try {
      part.channel().position(Header.SIZE + frame.partOffset());
      StoredFiles.readFully(
          part.channel(), ByteBuffer.wrap(buffers.stored, 0, (int) frame.storedLength()));
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (IOException unreadable) {
      var what = "cannot be read: " + Reason.of(unreadable);
      files.reread(entry, frame, buffers.stored, new StoredFiles.Bad(part.home(), what));
    }
    return part.home();
  }

  private Buffers decode(Frame frame, Buffers buffers, PartSource home) throws IOException {
    var found = Digests.of(buffers.stored, 0, (int) frame.storedLength());
    if (!found.equals(frame.digest())) {
      var what =
          "bytes "
              + frame.partOffset()
              + " to "
              + (frame.partOffset() + frame.storedLength())
              + " of the payload have SHA-256 "
              + found
              + ", were written with "
              + frame.digest();
      files.reread(entry(frame), frame, buffers.stored, new StoredFiles.Bad(home, what));
    }
    if (plain) {
      System.arraycopy(buffers.stored, 0, buffers.raw, 0, (int) frame.rawLength());
    } else {
      decompress(frame, buffers);
    }
    return buffers;
  }

  private void decompress(Frame frame, Buffers buffers) throws IOException {
    int stored = (int) frame.storedLength();
    int wanted = (int) frame.rawLength();
    try {
      var codec = workers.codec().decompressor;
      int length = codec.decompressByteArray(buffers.raw, 0, wanted, buffers.stored, 0, stored);
      if (length != wanted) {
        throw new MalformedStreamException("a frame decodes to " + length + " bytes");
      }
    } catch (ZstdException malformed) {
      throw new MalformedStreamException("a frame does not decode: " + malformed.getMessage());
    }
  }

  private Manifest.Entry entry(Frame frame) throws MalformedStreamException {
    var entry = parts.get(frame.part());
    if (entry == null) {
      throw new MalformedStreamException(
          "the index names part " + frame.part() + ", the manifest not");
    }
    return entry;
  }

  /// Frames must tile the stream and their parts, one after the other: a lying index must not make
  /// us read or allocate at will.
  private void checkFrames() throws MalformedStreamException {
    long raw = 0;
    int part = 0;
    long inPart = 0;
    for (var frame : frames) {
      if (frame.part() != part) {
        checkPartEnd(part, inPart);
        part++;
        inPart = 0;
      }
      if (frame.part() != part
          || frame.rawOffset() != raw
          || frame.partOffset() != inPart
          || !hasPossibleLengths(frame)
          || frame.storedLength() > entry(frame).file().length() - inPart) {
        throw new MalformedStreamException("the index has a frame that cannot be: " + frame);
      }
      raw += frame.rawLength();
      inPart += frame.storedLength();
    }
    checkPartEnd(part, inPart);
    if (raw != files.manifest().stream().rawBytes()) {
      throw new MalformedStreamException("the index covers " + raw + " bytes of the stream");
    }
  }

  private void checkPartEnd(int part, long covered) throws MalformedStreamException {
    var entry = parts.get(part);
    if (entry != null && covered != entry.file().length()) {
      throw new MalformedStreamException(
          "the index covers " + covered + " bytes of part " + part + ", not all of it");
    }
  }

  private boolean hasPossibleLengths(Frame frame) {
    return frame.rawLength() >= 1
        && frame.rawLength() <= FrameCutter.RAW_SIZE
        && frame.storedLength() >= 1
        && (plain
            ? frame.storedLength() == frame.rawLength()
            : frame.storedLength() <= Zstd.compressBound(FrameCutter.RAW_SIZE));
  }
}
