package dev.holdfast.report;

import dev.holdfast.report.ConsequenceReport.SetChange;

/// The consequences of an edit as JSON.
final class ConsequenceJson {

  private ConsequenceJson() {}

  static JsonObject fill(JsonObject json, ConsequenceReport report) {
    return json.put("base", report.base())
        .put("head", report.head())
        .put("at", report.at())
        .put("destructive", report.destructive())
        .objects("sets", report.sets(), ConsequenceJson::set);
  }

  private static JsonObject set(SetChange set) {
    return new JsonObject()
        .put("set", set.set().value())
        .put("change", set.kind())
        .put("destructive", set.destructive())
        .objects(
            "fields",
            set.fields(),
            field ->
                new JsonObject()
                    .put("path", field.path())
                    .put("from", field.from())
                    .put("to", field.to()))
        .put("oldestBefore", set.before())
        .put("oldestAfter", set.after())
        .put("bytes", set.bytes())
        .objects(
            "losses",
            set.losses(),
            loss ->
                JsonReports.ref(loss.image())
                    .put("at", loss.at())
                    .put("bytes", loss.bytes())
                    .put("goesBefore", loss.before())
                    .put("goes", loss.after()));
  }
}
