package dev.holdfast.report;

import dev.holdfast.model.DumpWarnings;
import dev.holdfast.model.WarningClass;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The summary of a run as JSON.
final class RunJson {

  private RunJson() {}

  static JsonObject fill(JsonObject json, RunReport run) {
    return JsonReports.span(json, run.span())
        .put("run", run.run().value())
        .put("set", run.set().value())
        .put("resumed", run.resumed())
        .put("config", new JsonObject().put("commit", run.commit()))
        .objects("sources", run.sources(), RunJson::source)
        .objects(
            "flushed",
            run.flushed(),
            flushed ->
                JsonReports.ref(flushed.image())
                    .put("bytes", flushed.bytes())
                    .texts("volumes", flushed.volumes()))
        .objects("pruned", run.pruned(), PruneJson::summary)
        .put("totals", totals(run))
        .put("staged", waiting(run.waiting()))
        .put("copies", copies(run.copies()))
        .objects("problems", run.problems(), JsonObject::of)
        .texts("notes", run.notes());
  }

  /// What is pending over all storages, then each.
  static JsonObject copies(List<CopyReport> copies) {
    return new JsonObject()
        .put("pending", copies.stream().mapToLong(CopyReport::pending).sum())
        .put("late", copies.stream().mapToLong(CopyReport::late).sum())
        .objects("storages", copies, RunJson::copy);
  }

  private static JsonObject copy(CopyReport copy) {
    return new JsonObject()
        .put("storage", copy.storage())
        .put("site", copy.site())
        .put("copied", copy.copied())
        .put("bytes", copy.bytes())
        .put("images", copy.whole())
        .put("pending", copy.pending())
        .put("pendingSince", copy.since())
        .put("late", copy.late())
        .put("problem", copy.problem().map(JsonObject::of));
  }

  static JsonObject waiting(RunReport.Waiting waiting) {
    return new JsonObject().put("images", waiting.images()).put("bytes", waiting.bytes());
  }

  /// One source, as in the summary and in the event of its end.
  static JsonObject source(SourceReport source) {
    return new JsonObject()
        .put("source", source.source().value())
        .put("verdict", source.verdict())
        .put("level", source.level().map(level -> (long) level.value()))
        .put("reason", source.reason())
        .put("took", source.took())
        .put("image", source.image().map(RunJson::image))
        .put("warnings", warnings(source.warnings()))
        .put("problem", source.problem().map(JsonObject::of));
  }

  private static JsonObject image(ImageReport image) {
    return new JsonObject()
        .put("image", image.image().value())
        .put("state", image.place())
        .put("rawBytes", image.rawBytes())
        .put("storedBytes", image.storedBytes())
        .put("members", image.members())
        .texts("volumes", image.volumes());
  }

  private static JsonObject warnings(DumpWarnings warnings) {
    var counts = new JsonObject();
    Arrays.stream(WarningClass.values())
        .filter(kind -> warnings.count(kind) > 0)
        .forEach(kind -> counts.put(kind.name().toLowerCase(Locale.ROOT), warnings.count(kind)));
    return new JsonObject()
        .put("total", warnings.total())
        .put("classes", counts)
        .texts("samples", warnings.samples())
        .texts("damaged", warnings.damaged());
  }

  private static JsonObject totals(RunReport run) {
    var verdicts = new JsonObject();
    Arrays.stream(SourceReport.Verdict.values())
        .forEach(
            verdict -> verdicts.put(verdict.name().toLowerCase(Locale.ROOT), run.count(verdict)));
    return new JsonObject()
        .put("rawBytes", run.rawBytes())
        .put("storedBytes", run.storedBytes())
        .put("sources", verdicts);
  }
}
