package dev.holdfast.report;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/// A month as weeks in rows, Monday first.
final class CalendarText {
  private static final int WEEK = 7;
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);

  private CalendarText() {}

  static String render(CalendarReport report) {
    return report.sets().stream().map(set -> set(report, set)).collect(Collectors.joining("\n"));
  }

  private static String set(CalendarReport report, CalendarReport.SetMonth set) {
    var text = new StringBuilder();
    text.append(
        "%s, %s by %s, %s\n"
            .formatted(
                MONTH.format(report.month()),
                set.set(),
                Printable.of(set.schedule()),
                Printable.of(set.zone())));
    text.append(" Mon  Tue  Wed  Thu  Fri  Sat  Sun\n");
    int column = set.days().getFirst().day().getDayOfWeek().getValue() - 1;
    var line = new StringBuilder("     ".repeat(column));
    for (var day : set.days()) {
      line.append("%3d%s ".formatted(day.day().getDayOfMonth(), day.mark().sign()));
      column++;
      if (column % WEEK == 0) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
      }
    }
    if (!line.isEmpty()) {
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.append(legend(set)).toString();
  }

  /// Only the signs that the month has.
  private static String legend(CalendarReport.SetMonth set) {
    return set.days().stream()
        .map(CalendarReport.Day::mark)
        .distinct()
        .sorted()
        .map(
            mark ->
                mark.sign() + " " + mark.name().toLowerCase(Locale.ROOT).replace("none", "no run"))
        .collect(Collectors.joining(", ", "  ", "\n"));
  }
}
