package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reports as JSON. Every document names its schema, `holdfast.run/1`: within a number keys are
/// only added. Nothing is rounded or translated.
public final class JsonReports {
  private final View view;

  public JsonReports(View view) {
    this.view = view;
  }

  /// One document.
  public String render(Report report) {
    return json(report).document();
  }

  /// As lines: a listing has one for each row; every report ends with one of type `summary`.
  public String lines(Report report) {
    var rows = report instanceof Listing listing ? listing.rows() : List.<Row>of();
    return Stream.concat(
            rows.stream().map(row -> row(new JsonObject().put("type", "row"), row)),
            Stream.of(summary(report)))
        .map(JsonObject::line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /// An error as a document of its own.
  public JsonObject error(ExitCode exit, List<Problem> problems) {
    return document("error", exit).put("type", "error").objects("errors", problems, JsonObject::of);
  }

  /// What every document begins with.
  public JsonObject document(String name, ExitCode exit) {
    return new JsonObject()
        .put("schema", "holdfast." + name + "/1")
        .put("tool", new JsonObject().put("name", "holdfast").put("version", view.version()))
        .put(exit);
  }

  private JsonObject summary(Report report) {
    return report instanceof Listing listing
        ? document(listing.name(), listing.exit())
            .put("type", "summary")
            .put("count", listing.rows().size())
        : json(report).put("type", "summary");
  }

  /// The document before it is text, to be put into another.
  public JsonObject json(Report report) {
    return switch (report) {
      case RunReport run -> RunJson.fill(document("run", run.exit()), run);
      case VerifyReport verify -> verify(verify);
      case RestoreReport restore -> restore(restore);
      case StatusReport status -> status(status);
      case CalendarReport calendar -> calendar(calendar);
      case CatalogCheckReport check -> check(check);
      case CatalogRebuildReport rebuild -> rebuild(rebuild);
      case ForecastReport forecast -> forecast(forecast);
      case ConsequenceReport consequences ->
          ConsequenceJson.fill(document("plan-base", consequences.exit()), consequences);
      case PruneReport prune -> PruneJson.fill(document("prune", prune.exit()), prune);
      case PurgeReport purge -> PruneJson.fill(document("purge", purge.exit()), purge);
      case StorageReport storage ->
          document(storage.name(), storage.exit())
              .objects("storages", storage.lines(), row -> row(new JsonObject(), row))
              .objects("problems", storage.problems(), JsonObject::of);
      case Listing listing ->
          document(listing.name(), listing.exit())
              .objects(listing.name(), listing.rows(), row -> row(new JsonObject(), row));
    };
  }

  static JsonObject span(JsonObject json, Span span) {
    return json.put("startedAt", span.startedAt())
        .put("finishedAt", span.finishedAt())
        .put("took", span.took());
  }

  static JsonObject ref(ImageRef image) {
    return new JsonObject()
        .put("image", image.image().value())
        .put("set", image.source().set().value())
        .put("source", image.source().source().value())
        .put("level", image.level().value());
  }

  private JsonObject verify(VerifyReport report) {
    return span(document("verify", report.exit()), report.span())
        .put("subject", report.subject())
        .put("bytes", report.bytes())
        .objects(
            "images",
            report.images(),
            one ->
                ref(one.image())
                    .put("storage", one.storage())
                    .put("found", one.verdict())
                    .put("bytes", one.bytes())
                    .put("files", one.files()))
        .objects(
            "damage",
            report.damage(),
            damage ->
                ref(damage.image())
                    .put("file", damage.file())
                    .put("where", damage.where())
                    .put("fact", damage.fact())
                    .put("lost", damage.lost()))
        .objects("problems", report.problems(), JsonObject::of);
  }

  private JsonObject restore(RestoreReport report) {
    return span(document("restore", report.exit()), report.span())
        .put("set", report.source().set().value())
        .put("source", report.source().source().value())
        .put("at", report.at())
        .put("target", report.target())
        .objects("chain", report.chain(), JsonReports::ref)
        .put("selected", report.members().selected())
        .put("restored", report.members().restored())
        .put("bytes", report.members().bytes())
        .objects("missing", report.missing(), JsonObject::of)
        .objects("problems", report.problems(), JsonObject::of)
        .texts("notes", report.notes());
  }

  private JsonObject status(StatusReport report) {
    return document("status", report.exit())
        .put("at", report.at())
        .objects("sets", report.sets(), JsonReports::set);
  }

  private static JsonObject set(StatusReport.SetStatus set) {
    return new JsonObject()
        .put("set", set.set().value())
        .put("running", set.running().map(JsonReports::running))
        .put("lastRun", set.last().map(JsonReports::lastRun))
        .put("staged", RunJson.waiting(set.waiting()))
        .put("copies", RunJson.copies(set.copies()))
        .objects(
            "damage",
            set.damage(),
            damage ->
                new JsonObject()
                    .put("image", damage.image().value())
                    .put("source", damage.source().value())
                    .put("storage", damage.storage())
                    .put("foundAt", damage.foundAt())
                    .put("needed", damage.needed()))
        .put("stagedSince", set.outlook().stagedSince())
        .put("nextDue", set.outlook().nextDue())
        .put("paused", set.outlook().paused())
        .texts("reasons", set.outlook().reasons())
        .objects("sources", set.sources(), source -> source(source, set.outlook()));
  }

  private static JsonObject running(StatusReport.Running running) {
    return new JsonObject()
        .put("run", running.run().value())
        .put("since", running.since())
        .put("phase", running.phase());
  }

  private static JsonObject lastRun(StatusReport.LastRun last) {
    return new JsonObject()
        .put("run", last.run().value())
        .put("finishedAt", last.finishedAt())
        .put(last.exit());
  }

  private static JsonObject source(StatusReport.SourceStatus source, StatusReport.Outlook outlook) {
    var fresh = source.freshness();
    return new JsonObject()
        .put("source", source.source().value())
        .put(
            "lastGood",
            source
                .lastGood()
                .map(
                    good ->
                        new JsonObject()
                            .put("image", good.image().value())
                            .put("level", good.level().value())
                            .put("at", good.at())
                            .put("state", good.place())))
        .objects(
            "copies",
            source.copies(),
            copy ->
                new JsonObject()
                    .put("storage", copy.storage())
                    .put("site", copy.site())
                    .put("image", copy.image().value())
                    .put("at", copy.at()))
        .put("rpoTarget", fresh.map(StatusReport.Freshness::target))
        .put("rpoBy", fresh.map(StatusReport.Freshness::by))
        .put("age", fresh.flatMap(StatusReport.Freshness::age))
        .put("overdue", fresh.map(StatusReport.Freshness::overdue))
        .put("nextDue", outlook.nextDue())
        .put("lastVerdict", source.lastProblem().map(StatusReport.LastProblem::verdict))
        .put("lastProblem", source.lastProblem().map(StatusReport.LastProblem::text));
  }

  private JsonObject calendar(CalendarReport report) {
    return document("calendar", report.exit())
        .put("month", report.month().toString())
        .objects(
            "sets",
            report.sets(),
            set ->
                new JsonObject()
                    .put("set", set.set().value())
                    .put("schedule", set.schedule())
                    .put("zone", set.zone())
                    .objects("days", set.days(), JsonReports::day));
  }

  private static JsonObject day(CalendarReport.Day day) {
    return new JsonObject()
        .put("day", day.day().toString())
        .put("is", day.mark())
        .texts("times", day.times())
        .put("by", day.by());
  }

  private JsonObject check(CatalogCheckReport report) {
    return span(document("catalog-check", report.exit()), report.span())
        .put("set", report.set().value())
        .put("images", report.images())
        .put("volumes", report.volumes())
        .objects("differences", report.differences(), JsonObject::of);
  }

  private JsonObject rebuild(CatalogRebuildReport report) {
    return span(document("catalog-rebuild", report.exit()), report.span())
        .put("set", report.set().value())
        .texts("volumes", report.volumes())
        .objects("images", report.images(), JsonReports::ref)
        .objects("problems", report.problems(), JsonObject::of);
  }

  private JsonObject forecast(ForecastReport report) {
    return document("forecast", report.exit())
        .put("set", report.set().value())
        .put("first", report.first().toString())
        .put("fewestFulls", report.fulls().fewest())
        .put("mostFulls", report.fulls().most())
        .put("stagingHighWater", report.stagingHighWater())
        .put("mostKept", report.mostKept())
        .put("volumes", report.volumes())
        .put("overruns", report.overruns())
        .objects(
            "nights",
            report.nights(),
            night ->
                new JsonObject()
                    .put("date", night.date().toString())
                    .put("fulls", night.fulls())
                    .put("incrementals", night.incrementals())
                    .put("delayed", night.delayed())
                    .put("leftOut", night.leftOut())
                    .put("stored", night.stored())
                    .put("staged", night.staged())
                    .put("kept", night.kept())
                    .put("length", night.length())
                    .put("overrun", night.overrun()));
  }

  private static JsonObject row(JsonObject json, Row row) {
    row.fields().forEach(field -> cell(json, field.name(), field.cell()));
    return json;
  }

  private static void cell(JsonObject json, String name, Cell cell) {
    switch (cell) {
      case Cell.Text(var text) -> json.put(name, text);
      case Cell.Texts(var texts) -> json.texts(name, texts);
      case Cell.Flag(var on) -> json.put(name, on);
      case Cell.Count(var count) -> json.put(name, count);
      case Cell.Bytes(var bytes) -> json.put(name, bytes);
      case Cell.At(var instant) -> json.put(name, instant);
      case Cell.Path(var path) -> {
        json.put(name, Printable.utf8(path).orElseGet(() -> Printable.of(path)));
        if (Printable.utf8(path).isEmpty()) {
          json.put(name + "Base64", Base64.getEncoder().encodeToString(path.bytes()));
        }
      }
      case Cell.Empty() -> json.put(name, Optional.empty());
    }
  }
}
