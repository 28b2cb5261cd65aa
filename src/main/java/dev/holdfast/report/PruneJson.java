package dev.holdfast.report;

import dev.holdfast.report.PruneReport.Outcome;
import java.util.Arrays;
import java.util.Locale;

/// A prune as JSON.
final class PruneJson {

  private PruneJson() {}

  static JsonObject fill(JsonObject json, PruneReport prune) {
    return JsonReports.span(json, prune.span())
        .put("set", prune.set().value())
        .put("storage", prune.storage())
        .put("dryRun", prune.dryRun())
        .put("digest", prune.digest().hex())
        .put("totals", totals(prune))
        .objects("images", prune.images(), PruneJson::fate)
        .objects("problems", prune.problems(), JsonObject::of)
        .texts("notes", prune.notes());
  }

  static JsonObject fill(JsonObject json, PurgeReport purge) {
    json.put("set", purge.set().value());
    purge.digest().ifPresent(digest -> json.put("digest", digest.hex()));
    return json.objects(
        "storages",
        purge.storages(),
        storage -> fill(new JsonObject().put(storage.exit()), storage));
  }

  /// As a part of a run: what went, by id, and how much stayed.
  static JsonObject summary(PruneReport prune) {
    return new JsonObject()
        .put("storage", prune.storage())
        .put("digest", prune.digest().hex())
        .put("totals", totals(prune))
        .objects(
            "images",
            prune.images().stream().filter(fate -> fate.outcome() != Outcome.KEPT).toList(),
            PruneJson::fate)
        .texts("notes", prune.notes());
  }

  private static JsonObject totals(PruneReport prune) {
    var totals = new JsonObject();
    Arrays.stream(Outcome.values())
        .forEach(
            outcome ->
                totals.put(
                    outcome.name().toLowerCase(Locale.ROOT),
                    new JsonObject()
                        .put("images", prune.count(outcome))
                        .put("bytes", prune.bytes(outcome))));
    return totals;
  }

  private static JsonObject fate(PruneReport.Fate fate) {
    return JsonReports.ref(fate.image())
        .put("at", fate.at())
        .put("bytes", fate.bytes())
        .put("fate", fate.outcome())
        .put("why", fate.why());
  }
}
