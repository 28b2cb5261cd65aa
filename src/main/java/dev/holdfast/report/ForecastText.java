package dev.holdfast.report;

import dev.holdfast.model.Night;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;

/// A forecast as text: the figures that decide what to buy, and the nights of the first weeks.
final class ForecastText {
  private static final int NIGHTS_SHOWN = 28;

  private final View view;

  ForecastText(View view) {
    this.view = view;
  }

  String render(ForecastReport report) {
    var fulls = report.fulls();
    var text = new StringBuilder();
    text.append(
        "Simulation of %s, %s from %s (%s)\n"
            .formatted(
                report.set(),
                Figures.count(report.nights().size(), "day"),
                report.first(),
                view.zone()));
    line(
        text,
        "fulls",
        String.format(
            Locale.ROOT,
            "%d to %d a day, %.1f on average",
            fulls.fewest(),
            fulls.most(),
            fulls.mean()));
    line(
        text,
        "staging",
        "at most " + Figures.bytes(report.stagingHighWater()) + " when a night writes nothing");
    line(text, "media", "at most " + Figures.bytes(report.mostKept()) + volumes(report));
    line(text, "window", overruns(report));
    line(text, "left out", Figures.count(report.leftOut(), "dump") + " for want of room");
    return text.append('\n').append(nights(report)).toString();
  }

  private static String volumes(ForecastReport report) {
    return report.volumes().map(number -> ", " + Figures.count(number, "volume")).orElse("");
  }

  private static String overruns(ForecastReport report) {
    var longest =
        report.nights().stream()
            .map(Night::overrun)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return longest.isZero()
        ? "never overrun"
        : Figures.count(report.overruns(), "night")
            + " overrun, the longest by "
            + Figures.duration(longest);
  }

  private static String nights(ForecastReport report) {
    var table = new TextTable("DATE", ">FULLS", ">INCREMENTALS", ">STORED", ">KEPT", ">LENGTH");
    report.nights().stream()
        .limit(NIGHTS_SHOWN)
        .forEach(
            night ->
                table.row(
                    night.date().toString(),
                    String.valueOf(night.fulls()),
                    String.valueOf(night.incrementals()),
                    Figures.bytes(night.stored()),
                    Figures.bytes(night.kept()),
                    Figures.duration(night.length())));
    int more = report.nights().size() - NIGHTS_SHOWN;
    return table.text("")
        + (more > 0
            ? "and " + Figures.count(more, "day") + " more: see -o json, or --html FILE\n"
            : "");
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-9s %s\n".formatted(name, value));
  }
}
