package dev.holdfast.report;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What happens, one line each, for a terminal or a log: phases, sources, writes, and of what takes
/// long its progress, at every tenth or every five minutes. Thread-safe.
public final class TextEvents implements RunEvents {
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Consumer<String> lines;
  private final boolean progress;
  private final Milestones milestones;
  private String set = "";

  /// @param lines is given each line without its end
  /// @param progress false: begin and end only, because something else shows what is between
  public TextEvents(Consumer<String> lines, boolean progress, InstantSource clock) {
    this.lines = lines;
    this.progress = progress;
    this.milestones = new Milestones(clock, SHORTEST, LONGEST);
  }

  @Override
  public synchronized void tell(RunEvent event) {
    switch (event) {
      case RunEvent.RunBegan began -> {
        set = began.set() + ": ";
        line("run " + began.run() + (began.resumed() ? " continues" : ""));
      }
      case RunEvent.PhaseBegan began -> {
        if (!set.isEmpty()) {
          line(began.phase().name().toLowerCase(Locale.ROOT));
        }
      }
      case RunEvent.PhaseEnded _ -> {}
      case RunEvent.Estimated(var source, var text) ->
          line("estimate " + Printable.of(source + ": " + text));
      case RunEvent.DumpBegan began -> dumpBegan(began);
      case RunEvent.DumpProgress(var source, var bytes) -> progress("dump " + source, bytes);
      case RunEvent.DumpEnded(var report) -> dumpEnded(report);
      case RunEvent.WriteBegan(var image, var bytes) -> writeBegan(image, bytes);
      case RunEvent.WriteProgress(var image, var bytes) -> progress("write " + image, bytes);
      case RunEvent.WriteEnded ended -> writeEnded(ended);
      case RunEvent.CopyBegan(var image, var storage, var bytes) -> {
        milestones.begin(copy(image.image(), storage), bytes);
        line("copy %s to %s, %s".formatted(TextReports.ref(image), storage, Figures.bytes(bytes)));
      }
      case RunEvent.CopyProgress(var image, var storage, var bytes) ->
          progress(copy(image, storage), bytes);
      case RunEvent.CopyEnded(var image, var storage, var volumes) -> {
        milestones.end(copy(image.image(), storage));
        line("copied %s to %s, %s".formatted(TextReports.ref(image), storage, labels(volumes)));
      }
      case RunEvent.Reading(var what, var bytes, var total) -> reading(what, bytes, total);
      case RunEvent.Note(var text) -> line("note: " + Printable.of(text));
      case RunEvent.Warning(var problem) -> TextReports.problem(problem).lines().forEach(lines);
    }
  }

  private void dumpBegan(RunEvent.DumpBegan began) {
    milestones.begin("dump " + began.source(), began.estimate().bytes());
    line(
        "dump %s level %s, %s: %s"
            .formatted(
                began.source(),
                began.level(),
                began.estimate().text(),
                Printable.of(began.reason())));
  }

  private void dumpEnded(SourceReport report) {
    milestones.end("dump " + report.source());
    line("dump " + ended(report));
    report.problem().ifPresent(p -> TextReports.problem(p).lines().forEach(lines));
  }

  private static String ended(SourceReport report) {
    var name = report.source() + report.level().map(level -> " level " + level).orElse("");
    var warnings = report.warnings().total() == 0 ? "" : ", " + RunText.classes(report.warnings());
    var made =
        report
            .image()
            .map(
                image ->
                    ", %s in %s, stored %s"
                        .formatted(
                            Figures.bytes(image.rawBytes()),
                            Figures.duration(report.took()),
                            Figures.bytes(image.storedBytes())))
            .orElse("");
    return name + " " + report.verdict() + made + warnings;
  }

  private void writeBegan(ImageRef image, long bytes) {
    milestones.begin("write " + image.image(), bytes);
    line("write " + TextReports.ref(image) + ", " + Figures.bytes(bytes));
  }

  private void writeEnded(RunEvent.WriteEnded ended) {
    milestones.end("write " + ended.image().image());
    line("written " + TextReports.ref(ended.image()) + " to " + labels(ended.volumes()));
  }

  private static String labels(List<Label> volumes) {
    return volumes.stream().map(Label::value).collect(Collectors.joining(", "));
  }

  private static String copy(ImageId image, String storage) {
    return "copy " + image + " to " + storage;
  }

  private void reading(String what, long bytes, long total) {
    if (milestones.total(what) != total) {
      milestones.begin(what, total);
    }
    progress(what, bytes);
  }

  private void progress(String subject, long bytes) {
    if (!progress || !milestones.reached(subject, bytes)) {
      return;
    }
    long total = milestones.total(subject);
    var share = total <= 0 ? "" : Math.min(99, bytes * 100 / total) + " %, ";
    line(Printable.of(subject) + " " + share + Figures.bytes(bytes));
  }

  private void line(String text) {
    lines.accept(set + text);
  }
}
