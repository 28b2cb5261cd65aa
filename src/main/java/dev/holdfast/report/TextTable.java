package dev.holdfast.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Rows in columns for people: columns as wide as their widest value, numbers to the right.
final class TextTable {
  private static final String GAP = "  ";

  private final List<String> head;
  private final List<Boolean> right;
  private final List<List<String>> rows = new ArrayList<>();

  /// @param head the columns' names; one that begins with `>` is aligned to the right
  TextTable(String... head) {
    this.right = Arrays.stream(head).map(name -> name.startsWith(">")).toList();
    this.head =
        Arrays.stream(head).map(name -> name.startsWith(">") ? name.substring(1) : name).toList();
  }

  TextTable row(String... cells) {
    rows.add(Arrays.stream(cells).map(Printable::of).toList());
    return this;
  }

  /// Every line indented and ended.
  String text(String indent) {
    var widths = IntStream.range(0, head.size()).map(this::width).toArray();
    var text = new StringBuilder();
    line(text, indent, head, widths);
    rows.forEach(row -> line(text, indent, row, widths));
    return text.toString();
  }

  private int width(int column) {
    return IntStream.concat(
            IntStream.of(length(head.get(column))),
            rows.stream().mapToInt(row -> length(row.get(column))))
        .max()
        .orElse(0);
  }

  private void line(StringBuilder text, String indent, List<String> cells, int[] widths) {
    var line = new StringBuilder(indent);
    for (int i = 0; i < cells.size(); i++) {
      var space = " ".repeat(widths[i] - length(cells.get(i)));
      line.append(i == 0 ? "" : GAP)
          .append(right.get(i) ? space + cells.get(i) : cells.get(i) + space);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
