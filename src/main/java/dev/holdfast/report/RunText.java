package dev.holdfast.report;

import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Label;
import dev.holdfast.model.WarningClass;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The summary of a run for people.
final class RunText {
  private static final int MOST_SAMPLES = 5;

  private final View view;

  RunText(View view) {
    this.view = view;
  }

  String render(RunReport run) {
    var text = new StringBuilder(head(run));
    if (!run.sources().isEmpty()) {
      text.append('\n').append(table(run).text("  "));
    }
    run.flushed().forEach(flushed -> text.append(flushed(flushed)));
    text.append(totals(run));
    run.copies().forEach(copy -> text.append(copied(copy)));
    run.pruned().forEach(prune -> text.append(pruned(prune)));
    run.sources().forEach(source -> text.append(details(source)));
    text.append(TextReports.problems(run.problems()));
    return text.append(TextReports.notes(run.notes())).append(waiting(run)).toString();
  }

  private String head(RunReport run) {
    return "Run %s of %s: %s\n"
            .formatted(run.run(), run.set(), TextReports.outcome(run.exit(), view))
        + "  started %s, took %s%s%s\n"
            .formatted(
                Figures.time(run.span().startedAt(), view.zone()),
                Figures.duration(run.span().took()),
                run.resumed() ? ", continued" : "",
                run.commit().map(commit -> ", configuration " + abbreviated(commit)).orElse(""));
  }

  private static String abbreviated(String commit) {
    return commit.substring(0, Math.min(12, commit.length()));
  }

  private static TextTable table(RunReport run) {
    var table =
        new TextTable(
            "SOURCE", ">LEVEL", "RESULT", ">RAW", ">STORED", ">RATIO", ">TIME", ">RATE", "WHERE",
            "IMAGE");
    run.sources().forEach(source -> row(table, source));
    return table;
  }

  private static void row(TextTable table, SourceReport source) {
    var level = source.level().map(Object::toString).orElse("-");
    var took = Figures.duration(source.took());
    var name = source.source().value();
    var verdict = source.verdict().name();
    if (source.image().isEmpty()) {
      table.row(name, level, verdict, "-", "-", "-", took, "-", "-", "-");
      return;
    }
    var image = source.image().get();
    table.row(
        name,
        level,
        verdict,
        Figures.bytes(image.rawBytes()),
        Figures.bytes(image.storedBytes()),
        Figures.ratio(image.storedBytes(), image.rawBytes()),
        took,
        Figures.rate(image.rawBytes(), source.took()),
        place(image),
        image.image().value());
  }

  private static String place(ImageReport image) {
    return switch (image.place()) {
      case STAGED -> "staging";
      case STORED -> volumes(image.volumes());
      case COPIED -> "copies";
    };
  }

  private static String volumes(List<Label> volumes) {
    return volumes.stream().map(Label::value).collect(Collectors.joining(", "));
  }

  private static String flushed(RunReport.Flushed flushed) {
    return "  flushed %s, %s, to %s\n"
        .formatted(
            TextReports.ref(flushed.image()),
            Figures.bytes(flushed.bytes()),
            volumes(flushed.volumes()));
  }

  /// Nothing while nothing has expired.
  private static String pruned(PruneReport prune) {
    return prune.count(PruneReport.Outcome.KEPT) == prune.images().size()
        ? ""
        : "  storage %s: %s\n".formatted(Printable.of(prune.storage()), PruneText.totals(prune));
  }

  private static String totals(RunReport run) {
    var verdicts =
        Arrays.stream(SourceReport.Verdict.values())
            .filter(verdict -> run.count(verdict) > 0)
            .map(verdict -> run.count(verdict) + " " + verdict)
            .collect(Collectors.joining(", "));
    if (verdicts.isEmpty()) {
      boolean idle = run.exit() == ExitCode.OK && run.flushed().isEmpty() && run.copies().isEmpty();
      return idle ? "  nothing was to do\n" : "";
    }
    return "\n  total: %s raw, %s stored (%s), %s\n"
        .formatted(
            Figures.bytes(run.rawBytes()),
            Figures.bytes(run.storedBytes()),
            Figures.ratio(run.storedBytes(), run.rawBytes()),
            verdicts);
  }

  private String copied(CopyReport copy) {
    var done =
        copy.copied() == 0
            ? "nothing"
            : Figures.count(copy.copied(), "image") + ", " + Figures.bytes(copy.bytes());
    return "  copied to %s%s: %s%s\n%s"
        .formatted(
            copy.storage(),
            copy.site().map(site -> " (" + site + ")").orElse(""),
            done,
            CopyText.pending(copy, view),
            copy.problem().map(problem -> TextReports.problem(problem).indent(4)).orElse(""));
  }

  private static String details(SourceReport source) {
    var text = new StringBuilder();
    source.problem().ifPresent(problem -> text.append(TextReports.problem(problem).indent(2)));
    if (source.warnings().total() > 0) {
      text.append(warnings(source));
    }
    return text.toString();
  }

  private static String warnings(SourceReport source) {
    var warnings = source.warnings();
    var text = new StringBuilder("  %s: %s\n".formatted(source.source(), classes(warnings)));
    warnings.samples().stream()
        .limit(MOST_SAMPLES)
        .forEach(sample -> text.append("    ").append(Printable.of(sample)).append('\n'));
    warnings
        .damaged()
        .forEach(path -> text.append("    damaged: ").append(Printable.of(path)).append('\n'));
    return text.toString();
  }

  /// `2 changed, 1 vanished`.
  static String classes(DumpWarnings warnings) {
    return Arrays.stream(WarningClass.values())
        .filter(kind -> warnings.count(kind) > 0)
        .map(kind -> warnings.count(kind) + " " + kind.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String waiting(RunReport run) {
    var waiting = run.waiting();
    return waiting.images() == 0
        ? ""
        : "  staging holds %s, %s, not yet on media: safe, restorable, written by the next run\n"
            .formatted(Figures.count(waiting.images(), "image"), Figures.bytes(waiting.bytes()));
  }
}
