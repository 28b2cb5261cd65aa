package dev.holdfast.media.driver.s3;

import dev.holdfast.image.Header;
import dev.holdfast.image.MalformedStreamException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a file in order, once, and takes from the same bytes what the server is told of each piece
/// and what proves that the whole is what it was when it was written. Used by one thread.
final class Payload {
  private static final int BUFFER = 256 * 1024;

  private final Body body;
  private final Whole whole;

  Payload(Body body, Whole whole) {
    this.body = body;
    this.whole = whole;
  }

  /// Takes every byte behind the header, in order.
  interface Whole {
    void update(byte[] bytes, int from, int length);
  }

  private interface Taker {
    void take(byte[] bytes, int length, long at);
  }

  /// The sums of the next piece.
  ///
  /// @throws MalformedStreamException when the file ends before it
  Sums sum(long from, long length, boolean withMd5) throws IOException {
    var running = new Sums.Running(withMd5);
    read(
        from,
        length,
        (bytes, got, at) -> {
          running.update(bytes, 0, got);
          pass(bytes, got, at);
        });
    return running.end();
  }

  /// Passes the next piece, whose sums come later: its header is not written yet.
  void pass(long from, long length) throws IOException {
    read(from, length, this::pass);
  }

  /// The sums of all pieces, with MD5s.
  List<Sums> sums(Chunks chunks) throws IOException {
    var sums = new ArrayList<Sums>();
    for (int number = 1; number <= chunks.count(); number++) {
      sums.add(sum(chunks.from(number), chunks.length(number), true));
    }
    return sums;
  }

  private void pass(byte[] bytes, int length, long at) {
    int inHeader = (int) Math.min(length, Math.max(0, Header.SIZE - at));
    whole.update(bytes, inHeader, length - inHeader);
  }

  private void read(long from, long length, Taker taker) throws IOException {
    var buffer = new byte[BUFFER];
    long at = from;
    try (var in = body.open(from, length)) {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        taker.take(buffer, got, at);
        at += got;
      }
    }
    if (at != from + length) {
      throw new MalformedStreamException("ended after " + at + " of " + body.size() + " bytes");
    }
  }
}
