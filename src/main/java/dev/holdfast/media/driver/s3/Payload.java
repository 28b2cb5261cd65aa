package dev.holdfast.media.driver.s3;

import dev.holdfast.image.Digests;
import dev.holdfast.image.Header;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.StoredHeader;
import java.io.IOException;
import java.security.MessageDigest;

/// Reads a file in order, once, and takes from the same bytes what the server is told of each piece
/// and what the file's header says of them all. Used by one thread.
final class Payload {
  private static final int BUFFER = 256 * 1024;

  private final Body body;
  private MessageDigest digest = Digests.sha256();

  Payload(Body body) {
    this.body = body;
  }

  private interface Taker {
    void take(byte[] bytes, int length, long at);
  }

  /// Begins anew.
  void reset() {
    digest = Digests.sha256();
  }

  /// The sums of the next piece.
  ///
  /// @throws MalformedStreamException when the file ends before it
  Sums sum(long from, long length) throws IOException {
    var running = new Sums.Running();
    read(
        from,
        length,
        (bytes, got, at) -> {
          running.update(bytes, 0, got);
          digest(bytes, got, at);
        });
    return running.end();
  }

  /// Takes the next piece into the digest, whose sums come later: its header is not written yet.
  void pass(long from, long length) throws IOException {
    read(from, length, this::digest);
  }

  /// The sums of a piece that was passed.
  Sums sumOfPassed(long from, long length) throws IOException {
    var running = new Sums.Running();
    read(from, length, (bytes, got, _) -> running.update(bytes, 0, got));
    return running.end();
  }

  /// Before the request that makes the object visible.
  ///
  /// @throws MalformedStreamException when the file is not what its header says
  void check(StoredHeader header) throws MalformedStreamException {
    var found = Digests.finish(digest);
    if (!found.equals(header.digest())) {
      throw new MalformedStreamException(
          "has SHA-256 %s, was written with %s".formatted(found, header.digest()));
    }
  }

  private void digest(byte[] bytes, int length, long at) {
    int inHeader = (int) Math.min(length, Math.max(0, Header.SIZE - at));
    digest.update(bytes, inHeader, length - inHeader);
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
