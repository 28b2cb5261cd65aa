package dev.holdfast.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Ranges of the raw stream, one after the other, in any order, with a few frames read ahead.
/// Neighbouring ranges in one frame read it once, so that many small files cost no more than one
/// pass. Used by one thread.
final class RangeStream extends InputStream {
  private static final int AHEAD = 3;

  /// @param offset first byte in the raw stream
  record Range(long offset, long length) {
    Range {
      if (offset < 0 || length < 1 || length > Long.MAX_VALUE - offset) {
        throw new IllegalArgumentException("no range of " + length + " bytes at " + offset);
      }
    }

    long end() {
      return offset + length;
    }
  }

  private final FrameSource source;
  private final List<Range> ranges;
  private final Deque<FrameSource.Fetched> ahead = new ArrayDeque<>();
  private int planRange;
  private OptionalInt planFrame = OptionalInt.empty();
  private int lastPlanned = -1;
  private int range;
  private long done;
  private Optional<FrameSource.Fetched> fetched = Optional.empty();
  private byte[] frame = new byte[0];
  private int frameLength;
  private long frameStart;

  RangeStream(FrameSource source, List<Range> ranges) {
    this.source = source;
    this.ranges = ranges;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (range == ranges.size()) {
      return -1;
    }
    var current = ranges.get(range);
    long position = current.offset() + done;
    if (!isInFrame(position)) {
      advance(position);
    }
    int inFrame = (int) (position - frameStart);
    int step = (int) Math.min(Math.min(length, frameLength - inFrame), current.end() - position);
    System.arraycopy(frame, inFrame, target, from, step);
    done += step;
    if (done == current.length()) {
      range++;
      done = 0;
    }
    return step;
  }

  private boolean isInFrame(long position) {
    return position >= frameStart && position < frameStart + frameLength;
  }

  private void advance(long position) throws IOException {
    fetched.ifPresent(source::release);
    fetched = Optional.empty();
    frameLength = 0;
    fetchAhead();
    if (ahead.isEmpty()) {
      throw new MalformedStreamException("the stream ends at byte " + position);
    }
    var next = ahead.remove();
    fetchAhead();
    frame = FrameSource.await(next);
    fetched = Optional.of(next);
    frameStart = source.frame(next.index()).rawOffset();
    frameLength = (int) source.frame(next.index()).rawLength();
    if (!isInFrame(position)) {
      throw new IllegalStateException("frame " + next.index() + " lacks byte " + position);
    }
  }

  private void fetchAhead() throws IOException {
    while (ahead.size() < AHEAD) {
      var next = plan();
      if (next.isEmpty()) {
        return;
      }
      ahead.add(source.fetch(next.getAsInt()));
    }
  }

  /// The next frame that reading the ranges in their order will need; never the same twice in a
  /// row.
  private OptionalInt plan() throws MalformedStreamException {
    while (planRange < ranges.size()) {
      var wanted = ranges.get(planRange);
      int candidate =
          planFrame.isPresent() ? planFrame.getAsInt() : source.indexOf(wanted.offset());
      if (candidate < source.count() && source.frame(candidate).rawOffset() < wanted.end()) {
        planFrame = OptionalInt.of(candidate + 1);
        if (candidate != lastPlanned) {
          lastPlanned = candidate;
          return OptionalInt.of(candidate);
        }
      } else {
        planRange++;
        planFrame = OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }
}
