package dev.holdfast.image;

import dev.holdfast.io.CrashPoint;
import dev.holdfast.io.SteadySync;
import dev.holdfast.model.Digest;
import dev.holdfast.model.PartFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Fills parts with frames and ends a part before the frame that would make it too large. A part's
/// header is written last, when length and digest are known, and the file is synced before anyone
/// is told of it. Used by one thread.
final class PartCutter implements AutoCloseable {
  private final ImageSpec spec;
  private final ImageFolder folder;
  private final PartSink sink;
  private final String recipe;
  private final List<Frame> frames = new ArrayList<>();
  private final List<PartFile> parts = new ArrayList<>();
  private MessageDigest storedDigest = Digests.sha256();
  private Optional<OpenPart> open = Optional.empty();
  private long rawOffset;
  private long storedBytes;

  PartCutter(ImageSpec spec, ImageFolder folder, PartSink sink) {
    this.spec = spec;
    this.folder = folder;
    this.sink = sink;
    this.recipe = Recipe.of(spec);
  }

  void accept(FrameCutter.Stored frame) throws IOException {
    if (open.isPresent() && open.get().length + frame.length() > spec.partSize()) {
      completePart();
    }
    sink.growing(frame.length());
    var part = open.isPresent() ? open.get() : begin();
    frames.add(
        new Frame(
            part.number,
            part.length,
            frame.length(),
            rawOffset,
            frame.rawLength(),
            frame.digest()));
    part.write(frame);
    if (part.number > 1) {
      storedDigest.update(frame.bytes().duplicate());
    }
    rawOffset += frame.rawLength();
    storedBytes += frame.length();
    sink.grown(part.growth());
  }

  void finish() throws IOException {
    if (open.isPresent()) {
      completePart();
    }
  }

  List<Frame> frames() {
    return frames;
  }

  List<PartFile> parts() {
    return parts;
  }

  long storedBytes() {
    return storedBytes;
  }

  Digest storedDigest() {
    return Digests.finish(storedDigest);
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      open.get().channel.close();
    }
  }

  private OpenPart begin() throws IOException {
    var part = new OpenPart(parts.size() + 1, rawOffset);
    open = Optional.of(part);
    return part;
  }

  private void completePart() throws IOException {
    var part = open.orElseThrow();
    open = Optional.empty();
    if (part.number == 1) {
      storedDigest = part.digestSoFar();
    }
    var file = part.complete();
    parts.add(file);
    CrashPoint.PART_SYNCED.reached();
    sink.completed(file, folder.part(file.number()));
  }

  /// The part that is being filled.
  private final class OpenPart {
    private final int number;
    private final long rawStart;
    private final FileChannel channel;
    private final SteadySync sync;
    private final MessageDigest digest = Digests.sha256();
    private final CRC32C crc = new CRC32C();
    private long length;

    OpenPart(int number, long rawStart) throws IOException {
      this.number = number;
      this.rawStart = rawStart;
      this.channel =
          FileChannel.open(
              folder.part(number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      channel.position(Header.SIZE);
      this.sync = new SteadySync(channel);
    }

    void write(FrameCutter.Stored frame) throws IOException {
      digest.update(frame.bytes().duplicate());
      crc.update(frame.bytes().duplicate());
      SealedFile.writeFully(channel, frame.bytes().duplicate());
      length += frame.length();
      sync.written(frame.length());
    }

    PartGrowth growth() {
      return new PartGrowth(number, folder.part(number), Header.SIZE + length, crc.getValue());
    }

    /// What all parts together have digested when this is the first: most images have only one, and
    /// its bytes are digested once.
    MessageDigest digestSoFar() {
      try {
        return (MessageDigest) digest.clone();
      } catch (CloneNotSupportedException everyJdkHasIt) {
        throw new IllegalStateException(everyJdkHasIt);
      }
    }

    PartFile complete() throws IOException {
      try (channel) {
        var file = new PartFile(number, length, Digests.finish(digest));
        var fields =
            spec.fields(FileKind.PART, number)
                .with("Part", Integer.toString(number))
                .with("Raw-Offset", Long.toString(rawStart))
                .with("Length", Long.toString(length))
                .with("SHA-256", file.digest().hex());
        channel.position(0);
        SealedFile.writeFully(
            channel, ByteBuffer.wrap(new Header(FileKind.PART, fields, recipe).bytes()));
        sync.complete();
        return file;
      }
    }
  }
}
