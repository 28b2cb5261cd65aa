package dev.holdfast.media.driver.s3;

import dev.holdfast.media.driver.s3.BucketException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// An object read by ranges: a small one where somebody jumps to, and several large ones ahead
/// while somebody reads on. All ranges are of the same object, or reading fails. Memory: download
/// threads times 4 MiB. Used by one thread.
final class ObjectChannel implements SeekableByteChannel {
  private static final int FIRST = 256 << 10;
  private static final int LARGEST = 4 << 20;

  private final Bucket bucket;
  private final String key;
  private final int threads;
  private final Deque<Ahead> ahead = new ArrayDeque<>();
  private Optional<ExecutorService> workers = Optional.empty();
  private Window window;
  private long position;
  private int inOrder;
  private boolean open = true;

  /// A range that is on its way.
  private record Ahead(long from, int length, Future<Piece> piece) {}

  /// What was read last: bytes from `from`.
  private record Window(long from, Piece piece) {
    long end() {
      return from + piece.bytes().length;
    }

    boolean holds(long at) {
      return at >= from && at < end();
    }
  }

  private ObjectChannel(Bucket bucket, String key, Piece first) {
    this.bucket = bucket;
    this.key = key;
    this.threads = bucket.use().transfer().downloadThreads();
    this.window = new Window(0, first);
  }

  /// Reads the beginning of the object.
  ///
  /// @throws BucketException MISSING when there is none
  static ObjectChannel open(Bucket bucket, String key) throws IOException {
    return new ObjectChannel(
        bucket, key, bucket.get(key, new Piece.Wanted(0, FIRST, Optional.empty())));
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    checkOpen();
    if (position >= size()) {
      return -1;
    }
    if (!target.hasRemaining()) {
      return 0;
    }
    if (!window.holds(position)) {
      window = fetched();
    }
    int at = (int) (position - window.from());
    int length = Math.min(target.remaining(), window.piece().bytes().length - at);
    target.put(window.piece().bytes(), at, length);
    position += length;
    return length;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long wanted) throws IOException {
    checkOpen();
    position = wanted;
    return this;
  }

  @Override
  public long size() {
    return window.piece().total();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    forget();
    workers.ifPresent(ExecutorService::shutdownNow);
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  private Window fetched() throws IOException {
    inOrder = position == window.end() ? inOrder + 1 : 0;
    if (inOrder == 0) {
      forget();
      return new Window(position, get(position, length(position, FIRST)));
    }
    readAhead();
    var next = ahead.remove();
    return new Window(next.from(), await(next.piece()));
  }

  /// Once two windows were read in order, as many as there are threads.
  private void readAhead() {
    int wanted = inOrder == 1 ? 1 : threads;
    long from = ahead.isEmpty() ? position : ahead.getLast().from() + ahead.getLast().length();
    while (ahead.size() < wanted && from < size()) {
      long start = from;
      int length = length(from, LARGEST);
      ahead.add(new Ahead(start, length, workers().submit(() -> get(start, length))));
      from += length;
    }
  }

  private Piece get(long from, int length) throws IOException {
    try {
      var piece =
          bucket.get(key, new Piece.Wanted(from, length, Optional.of(window.piece().etag())));
      if (piece.bytes().length != length) {
        throw new IOException(
            "%s gave %d of %d bytes from %d".formatted(key, piece.bytes().length, length, from));
      }
      return piece;
    } catch (BucketException no) {
      if (no.kind() == Kind.TAKEN) {
        throw new IOException(key + " was replaced while it was read", no);
      }
      throw no;
    }
  }

  private ExecutorService workers() {
    if (workers.isEmpty()) {
      workers =
          Optional.of(
              Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("s3-read").factory()));
    }
    return workers.get();
  }

  private static Piece await(Future<Piece> piece) throws IOException {
    try {
      return piece.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while it read");
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException trouble -> throw trouble;
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IOException(failed);
      }
    }
  }

  private void forget() {
    ahead.forEach(one -> one.piece().cancel(true));
    ahead.clear();
  }

  private int length(long from, int most) {
    return (int) Math.min(most, size() - from);
  }

  private void checkOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
