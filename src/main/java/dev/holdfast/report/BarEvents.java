package dev.holdfast.report;

import dev.holdfast.model.SourceName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The same lines as `TextEvents`, and below them one line that is drawn again and again while
/// bytes move. Only for a terminal. Thread-safe.
public final class BarEvents implements RunEvents {
  private static final Duration FRAME = Duration.ofMillis(200);
  private static final int BAR_WIDTH = 20;
  private static final String ERASE = "\r\u001b[K";

  private final Consumer<String> screen;
  private final InstantSource clock;
  private final int columns;
  private final TextEvents lines;
  private final Map<SourceName, Moving> dumps = new LinkedHashMap<>();
  private Instant drawnAt = Instant.MIN;
  private boolean drawn;

  /// @param screen is given text as it is to appear, with line ends and control sequences
  /// @param columns of the terminal
  public BarEvents(Consumer<String> screen, int columns, InstantSource clock) {
    this.screen = screen;
    this.columns = columns;
    this.clock = clock;
    this.lines = new TextEvents(this::line, false, clock);
  }

  @Override
  public synchronized void tell(RunEvent event) {
    switch (event) {
      case RunEvent.DumpBegan began ->
          dumps.put(began.source(), new Moving(0, began.estimate().bytes(), clock.instant()));
      case RunEvent.DumpProgress(var source, var bytes) ->
          dumps.computeIfPresent(
              source, (_, moving) -> new Moving(bytes, moving.total(), moving.since()));
      case RunEvent.DumpEnded(var report) -> dumps.remove(report.source());
      case RunEvent.RunBegan _,
          RunEvent.PhaseBegan _,
          RunEvent.PhaseEnded _,
          RunEvent.Estimated _,
          RunEvent.WriteBegan _,
          RunEvent.WriteProgress _,
          RunEvent.WriteEnded _,
          RunEvent.CopyBegan _,
          RunEvent.CopyProgress _,
          RunEvent.CopyEnded _,
          RunEvent.Reading _,
          RunEvent.Note _,
          RunEvent.Warning _ -> {}
    }
    lines.tell(event);
    draw(event);
  }

  private void draw(RunEvent event) {
    var bar =
        event instanceof RunEvent.Reading(var what, var bytes, var total)
            ? bar(Printable.of(what), new Moving(bytes, total, clock.instant()))
            : dumps.entrySet().stream()
                .map(dump -> bar(dump.getKey().value(), dump.getValue()))
                .collect(Collectors.joining("  "));
    var now = clock.instant();
    if (bar.isEmpty()) {
      erase();
    } else if (!drawn || !now.isBefore(drawnAt.plus(FRAME))) {
      screen.accept(ERASE + bar.substring(0, Math.min(bar.length(), columns - 1)));
      drawn = true;
      drawnAt = now;
    }
  }

  private String bar(String name, Moving moving) {
    var rate = Figures.rate(moving.done(), Duration.between(moving.since(), clock.instant()));
    var figures = Figures.bytes(moving.done()) + (rate.equals("-") ? "" : " " + rate);
    if (moving.total() <= 0) {
      return name + " " + figures;
    }
    int filled = (int) Math.min(BAR_WIDTH, moving.done() * BAR_WIDTH / moving.total());
    return "%s [%s%s] %d%% %s"
        .formatted(
            name,
            "#".repeat(filled),
            ".".repeat(BAR_WIDTH - filled),
            Math.min(99, moving.done() * 100 / moving.total()),
            figures);
  }

  private void line(String text) {
    erase();
    screen.accept(text + "\n");
  }

  private void erase() {
    if (drawn) {
      screen.accept(ERASE);
      drawn = false;
    }
  }

  private record Moving(long done, long total, Instant since) {}
}
