package dev.holdfast.job;

import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.ImageState;
import dev.holdfast.catalog.SourceResultRow;
import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Source;
import dev.holdfast.report.CopyReport;
import dev.holdfast.report.ImageReport;
import dev.holdfast.report.RunReport;
import dev.holdfast.report.SourceReport;
import dev.holdfast.report.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells what the catalog knows of a run, also of the part of it that ran before a restart.
final class Reports {
  private static final String HINT = "\nHINT: ";

  private Reports() {}

  /// How a run ended.
  record End(ExitCode exit, Span span, boolean resumed, List<String> notes) {}

  /// @param sources that it was to dump; none of a flush
  static RunReport run(RunScope scope, List<Source> sources, End end, List<CopyReport> copies)
      throws IOException {
    return new RunReport(
        scope.run(),
        scope.set().name(),
        end.exit(),
        end.span(),
        end.resumed(),
        scope.request().declarations().commit(),
        sources.stream().map(source -> source(scope, source.name())).toList(),
        scope.outcomes().flushed(),
        scope.outcomes().pruned(),
        waiting(scope),
        copies,
        Stream.concat(
                scope.outcomes().problems().stream(), scope.outcomes().copies().damage().stream())
            .toList(),
        end.notes());
  }

  static SourceReport source(RunScope scope, SourceName name) {
    var row = scope.catalog().images().planned(scope.run(), name);
    var result = scope.catalog().runs().result(scope.run(), name);
    var manifest = row.flatMap(ImageRow::manifest);
    return new SourceReport(
        name,
        verdict(row, result),
        row.map(planned -> planned.planned().level()),
        row.map(planned -> planned.planned().reason()).orElse(""),
        result.map(SourceResultRow::problem).filter(text -> !text.isEmpty()).map(Reports::problem),
        row.filter(ImageRow::exists).flatMap(Reports::image),
        manifest.map(found -> found.warnings()).orElse(DumpWarnings.none()),
        result.map(SourceResultRow::took).orElse(Duration.ZERO));
  }

  static Optional<ImageReport> image(ImageRow row) {
    return row.manifest()
        .map(
            manifest ->
                new ImageReport(
                    manifest.image(),
                    place(row),
                    manifest.stream().rawBytes(),
                    manifest.stream().storedBytes(),
                    manifest.stream().members(),
                    Writing.labels(manifest)));
  }

  static ImageReport.Place place(ImageRow row) {
    return switch (row.state()) {
      case STORED -> ImageReport.Place.STORED;
      case COPIED -> ImageReport.Place.COPIED;
      case PLANNED, STAGED, WRITING, FAILED, ABANDONED, EXPIRED, PRUNED -> ImageReport.Place.STAGED;
    };
  }

  private static RunReport.Waiting waiting(RunScope scope) throws IOException {
    if (scope.staging().isEmpty()) {
      return RunReport.Waiting.NOTHING;
    }
    var images = scope.catalog().images();
    long count = images.in(ImageState.STAGED).size() + (long) images.in(ImageState.WRITING).size();
    return new RunReport.Waiting(count, scope.staging().get().figures().staged());
  }

  /// What was told of a dump's end; its image where a crash came before that could be told, also
  /// after an earlier attempt was told to wait.
  private static SourceReport.Verdict verdict(
      Optional<ImageRow> row, Optional<SourceResultRow> result) {
    var told = result.map(end -> SourceReport.Verdict.valueOf(end.outcome()));
    var made =
        row.filter(ImageRow::exists)
            .map(image -> SourceReport.Verdict.valueOf(image.verdict().name()));
    return told.filter(end -> end != SourceReport.Verdict.SKIPPED || made.isEmpty())
        .or(() -> made)
        .orElse(SourceReport.Verdict.SKIPPED);
  }

  static Problem problem(String text) {
    int hint = text.indexOf(HINT);
    return hint < 0
        ? new Problem("", text, "")
        : new Problem("", text.substring(0, hint), text.substring(hint + HINT.length()));
  }
}
