package dev.holdfast.image;

import java.util.Arrays;

/// One line of an INDEX, cut at its tabs without a copy: of a long index most lines are only looked
/// at. A cell that is not there is an `IndexOutOfBoundsException`, one that is no number a
/// `NumberFormatException`.
final class IndexLine {
  private static final int USUAL_CELLS = 12;

  private final String line;
  private int[] starts = new int[USUAL_CELLS];
  private int count = 1;

  IndexLine(String line) {
    this.line = line;
    for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', tab + 1)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = tab + 1;
    }
  }

  int count() {
    return count;
  }

  /// What kind of line it is: the first cell.
  String kind() {
    return text(0);
  }

  String text(int cell) {
    return line.substring(start(cell), end(cell));
  }

  long number(int cell) {
    return Long.parseLong(line, start(cell), end(cell), 10);
  }

  int integer(int cell, int radix) {
    return Integer.parseInt(line, start(cell), end(cell), radix);
  }

  private int start(int cell) {
    if (cell >= count) {
      throw new IndexOutOfBoundsException("it has only " + count + " cells");
    }
    return starts[cell];
  }

  private int end(int cell) {
    return cell + 1 < count ? starts[cell + 1] - 1 : line.length();
  }
}
