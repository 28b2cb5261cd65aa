package dev.holdfast.image;

import com.github.luben.zstd.Zstd;
import dev.holdfast.model.Compression;
import dev.holdfast.model.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Cuts the raw stream into frames, digests it, and hands the frames on, stored and in order. Each
/// frame is a zstd frame of its own with a content checksum, and was decoded back and compared
/// before it is trusted: compressors have been wrong (src/docs/decisions/0002-frames.md). The work
/// on bytes is done by the frame workers; used by one thread.
final class FrameCutter implements AutoCloseable {
  /// Raw bytes in a frame. Larger frames compress a little better; smaller ones make a single
  /// file's restore and the memory of parallel dumps cheaper. 1 MiB is two windows of level 1.
  static final int RAW_SIZE = 1 << 20;

  /// Frames that every dump may have under way; more while the workers have some to spare.
  private static final int IN_FLIGHT = 3;

  /// Takes stored frames in stream order; the bytes are only valid during the call.
  interface StoredSink {
    void accept(Stored frame) throws IOException;
  }

  /// A frame as it goes into a part.
  record Stored(ByteBuffer bytes, int rawLength, Digest digest) {
    int length() {
      return bytes.limit();
    }
  }

  /// What the workers do for one frame: both must be over before its buffers are used again.
  private record InFlight(Future<Stored> stored, Future<Void> digested, ByteBuffer raw) {}

  private final Compression compression;
  private final FrameWorkers workers;
  private final StoredSink sink;
  private final Deque<InFlight> inFlight = new ArrayDeque<>();
  private final Deque<byte[]> rawBuffers = new ArrayDeque<>();
  private final Deque<byte[]> storedBuffers = new ArrayDeque<>();
  private final MessageDigest rawDigest = Digests.sha256();
  private CompletableFuture<Void> digested = CompletableFuture.allOf();
  private byte[] raw = new byte[RAW_SIZE];
  private int filled;
  private int room = IN_FLIGHT;

  FrameCutter(Compression compression, FrameWorkers workers, StoredSink sink) {
    this.compression = compression;
    this.workers = workers;
    this.sink = sink;
  }

  void write(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int left = length;
    while (left > 0) {
      int step = Math.min(left, RAW_SIZE - filled);
      System.arraycopy(bytes, at, raw, filled, step);
      filled += step;
      at += step;
      left -= step;
      if (filled == RAW_SIZE) {
        cut();
      }
    }
  }

  /// Hands on everything that is still under way.
  void finish() throws IOException {
    if (filled > 0) {
      cut();
    }
    while (!inFlight.isEmpty()) {
      handOn();
    }
  }

  /// Digest of all raw bytes; call it once, after `finish`.
  Digest rawDigest() {
    return Digests.finish(rawDigest);
  }

  /// Its buffers are not needed any more.
  @Override
  public void close() {
    workers.giveBack(room - IN_FLIGHT);
    room = IN_FLIGHT;
  }

  private void cut() throws IOException {
    if (inFlight.size() == room) {
      if (!inFlight.element().stored().isDone() && workers.borrow()) {
        room++;
      } else {
        handOn();
      }
    }
    var full = raw;
    int length = filled;
    var target = take(storedBuffers, (int) Zstd.compressBound(RAW_SIZE));
    digested = workers.after(digested, () -> rawDigest.update(full, 0, length));
    var stored = workers.submit(() -> store(full, length, target));
    inFlight.add(new InFlight(stored, digested, ByteBuffer.wrap(full)));
    raw = take(rawBuffers, RAW_SIZE);
    filled = 0;
  }

  private void handOn() throws IOException {
    var next = inFlight.remove();
    var frame = await(next.stored());
    sink.accept(frame);
    storedBuffers.push(frame.bytes().array());
    await(next.digested());
    rawBuffers.push(next.raw().array());
  }

  private Stored store(byte[] full, int length, byte[] target) {
    int stored =
        switch (compression) {
          case Compression.None() -> copy(full, length, target);
          case Compression.Zstd(var level) -> compress(full, length, target, level);
        };
    return new Stored(ByteBuffer.wrap(target, 0, stored), length, Digests.of(target, 0, stored));
  }

  private static int copy(byte[] full, int length, byte[] target) {
    System.arraycopy(full, 0, target, 0, length);
    return length;
  }

  private int compress(byte[] full, int length, byte[] target, int level) {
    var codec = workers.codec();
    codec.compressor.setLevel(level).setChecksum(true).setContentSize(true);
    int stored = codec.compressor.compressByteArray(target, 0, target.length, full, 0, length);
    int back =
        codec.decompressor.decompressByteArray(
            codec.readBack, 0, codec.readBack.length, target, 0, stored);
    if (back != length || !Arrays.equals(codec.readBack, 0, back, full, 0, length)) {
      throw new IllegalStateException(
          "zstd level " + level + " does not decode to what it was given; use another level");
    }
    return stored;
  }

  private static <T> T await(Future<T> task) throws IOException {
    try {
      return task.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while compressing");
    } catch (ExecutionException failed) {
      throw new IOException("a frame could not be compressed", failed.getCause());
    }
  }

  private static byte[] take(Deque<byte[]> spare, int size) {
    var buffer = spare.poll();
    return buffer == null ? new byte[size] : buffer;
  }
}
