package dev.holdfast.report;

import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Night;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// A forecast as one HTML page: charts drawn in SVG, nothing loaded from elsewhere, no script.
public final class ForecastPage {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 160;

  private ForecastPage() {}

  public static String render(ForecastReport report) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Simulation of %1$s</title>
        <style>
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        svg { width: 100%%; height: auto; background: #f6f7f9 }
        rect { fill: #2b6cb0 } rect.over { fill: #c53030 }
        caption, figcaption { color: #555; text-align: left }
        figure { margin: 1.5rem 0 }
        </style>
        </head>
        <body>
        <h1>Simulation of %1$s</h1>
        <p>%2$d days from %3$s. Fulls: %4$d to %5$d a day. Staging: at most %6$s.
        Media: at most %7$s%8$s. Window overrun in %9$d nights.</p>
        %10$s%11$s%12$s%13$s</body>
        </html>
        """
        .formatted(
            report.set(),
            report.nights().size(),
            report.first(),
            report.fulls().fewest(),
            report.fulls().most(),
            size(report.stagingHighWater()),
            size(report.mostKept()),
            report.volumes().map(number -> ", " + number + " volumes").orElse(""),
            report.overruns(),
            chart(report, new Series("Fulls a day", night -> night.fulls(), Kind.COUNT)),
            chart(report, new Series("Stored a day", night -> night.stored(), Kind.BYTES)),
            chart(report, new Series("Kept on media", night -> night.kept(), Kind.BYTES)),
            chart(
                report,
                new Series(
                    "Length of the dumps, red where the window ends before them",
                    night -> night.length().toSeconds(),
                    Kind.SECONDS)));
  }

  private enum Kind {
    COUNT,
    BYTES,
    SECONDS
  }

  private record Series(String title, ToDoubleFunction<Night> value, Kind kind) {
    String show(double value) {
      return switch (kind) {
        case COUNT -> String.format(Locale.ROOT, "%.0f", value);
        case BYTES -> size(Math.round(value));
        case SECONDS -> Figures.duration(java.time.Duration.ofSeconds(Math.round(value)));
      };
    }
  }

  private static String chart(ForecastReport report, Series series) {
    var nights = report.nights();
    double most = nights.stream().mapToDouble(series.value()).max().orElse(0);
    return "<figure><figcaption>%s, at most %s</figcaption>\n%s</figure>\n"
        .formatted(series.title(), series.show(most), bars(nights, series, most));
  }

  private static String bars(List<Night> nights, Series series, double most) {
    var svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, series.title()));
    double width = (double) WIDTH / nights.size();
    for (int i = 0; i < nights.size(); i++) {
      var night = nights.get(i);
      double value = series.value().applyAsDouble(night);
      double height = most == 0 ? 0 : value / most * (HEIGHT - 4);
      boolean over = series.kind() == Kind.SECONDS && !night.overrun().isZero();
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"%s><title>%s: %s</title>"
                  + "</rect>\n",
              i * width,
              HEIGHT - height,
              width * 0.9,
              height,
              over ? " class=\"over\"" : "",
              night.date(),
              series.show(value)));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String size(long bytes) {
    return new ByteSize(bytes).human();
  }
}
