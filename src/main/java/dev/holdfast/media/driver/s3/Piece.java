package dev.holdfast.media.driver.s3;

import dev.holdfast.media.Throttle;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// A range of an object, read whole.
///
/// @param total bytes of the whole object
@SuppressWarnings("ArrayRecordComponent") // handed from the reader to the channel, nothing else
record Piece(byte[] bytes, long total, String etag) {

  /// @param etag the object that is meant, once it is known
  record Wanted(long from, int length, Optional<String> etag) {
    String header() {
      return "bytes=" + from + "-" + (from + length - 1);
    }
  }

  /// Fails so that it is tried again when fewer bytes come than were announced.
  static Piece read(GetObjectResponse answer, InputStream body, Throttle throttle) {
    var bytes = new byte[Math.toIntExact(answer.contentLength())];
    int got = 0;
    try {
      while (got < bytes.length) {
        int more = body.read(bytes, got, throttle.step(bytes.length - got));
        if (more < 0) {
          throw new IOException(got + " of " + bytes.length + " bytes came");
        }
        got += more;
        throttle.passed(more);
      }
    } catch (IOException cut) {
      throw RetryableException.create("the answer was cut", cut);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("stopped while it read", stopped);
    }
    return new Piece(bytes, total(answer), Stored.plain(answer.eTag()));
  }

  /// From `bytes 0-9/4711`; a server that sends everything says only how much that is.
  private static long total(GetObjectResponse answer) {
    var range = answer.contentRange();
    return range == null
        ? answer.contentLength()
        : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
  }
}
