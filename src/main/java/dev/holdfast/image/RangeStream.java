package dev.holdfast.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/// One contiguous range of the raw stream, with a few frames read ahead. Used by one thread.
final class RangeStream extends InputStream {
  private static final int AHEAD = 3;

  private final FrameSource source;
  private final Deque<Future<byte[]>> ahead = new ArrayDeque<>();
  private final long end;
  private long position;
  private int nextFrame;
  private byte[] frame = new byte[0];
  private long frameStart;

  RangeStream(FrameSource source, long from, long length) throws IOException {
    this.source = source;
    this.position = from;
    this.end = from + length;
    this.nextFrame = length == 0 ? source.count() : source.indexOf(from);
    this.frameStart = from;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (position >= end) {
      return -1;
    }
    if (position >= frameStart + frame.length) {
      advance();
    }
    int inFrame = (int) (position - frameStart);
    int step = (int) Math.min(Math.min(length, frame.length - inFrame), end - position);
    System.arraycopy(frame, inFrame, target, from, step);
    position += step;
    return step;
  }

  private void advance() throws IOException {
    while (ahead.size() < AHEAD
        && nextFrame < source.count()
        && source.frame(nextFrame).rawOffset() < end) {
      ahead.add(source.fetch(nextFrame));
      nextFrame++;
    }
    if (ahead.isEmpty()) {
      throw new MalformedStreamException("the stream ends at byte " + position);
    }
    int index = nextFrame - ahead.size();
    frame = FrameSource.await(ahead.remove());
    frameStart = source.frame(index).rawOffset();
  }
}
