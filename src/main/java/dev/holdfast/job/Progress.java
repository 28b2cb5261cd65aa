package dev.holdfast.job;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/// Tells how far a dump came, on the way of its raw bytes to a sink.
final class Progress extends FilterOutputStream {
  private static final long TOLD_EVERY = 4L << 20;

  private final LongConsumer told;
  private long bytes;
  private long last;

  private Progress(OutputStream sink, LongConsumer told) {
    super(sink);
    this.told = told;
  }

  /// @param told the raw bytes so far, at the first and then every 4 MiB
  static OutputStream before(OutputStream sink, LongConsumer told) {
    return new Progress(sink, told);
  }

  @Override
  public void write(byte[] buffer, int from, int length) throws IOException {
    out.write(buffer, from, length);
    bytes += length;
    if (bytes - last >= TOLD_EVERY || last == 0) {
      last = bytes;
      told.accept(bytes);
    }
  }
}
