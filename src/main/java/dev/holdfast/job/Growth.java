package dev.holdfast.job;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/// Books the bytes of a dump as they arrive, before they are written, and tells how far it came.
/// Raw bytes are booked, as they were estimated: compression only makes room.
///
/// @param admits books so many more bytes; false ends the dump
/// @param progress told the raw bytes so far
record Growth(LongPredicate admits, LongConsumer progress) {
  private static final long TOLD_EVERY = 4L << 20;

  /// The sink of a dump in front of another.
  OutputStream into(OutputStream next) {
    return new OutputStream() {
      private long bytes;
      private long told;

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] buffer, int from, int length) throws IOException {
        if (!admits.test(length)) {
          throw new IOException(
              "it needs more than " + bytes + " bytes, and there is no more room");
        }
        next.write(buffer, from, length);
        bytes += length;
        if (bytes - told >= TOLD_EVERY || told == 0) {
          told = bytes;
          progress.accept(bytes);
        }
      }
    };
  }
}
