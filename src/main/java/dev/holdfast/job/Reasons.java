package dev.holdfast.job;

import dev.holdfast.catalog.Catalog;
import dev.holdfast.catalog.DecisionRow;
import dev.holdfast.catalog.ImageRow;
import dev.holdfast.catalog.RunRow;
import dev.holdfast.model.Outlook;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.retention.KeepReason;
import dev.holdfast.plan.retention.Retention;
import dev.holdfast.plan.retention.RetentionVerdict;
import dev.holdfast.report.Row;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Why things are as they are: what earlier runs decided about a source, an image, a volume, or
/// altogether. Reads the catalog, also while a run works.
public final class Reasons {
  private static final int RUNS_SHOWN = 10;

  private final Declarations declarations;
  private final BackupSet set;
  private final Clock clock;

  public Reasons(Declarations declarations, BackupSet set, Clock clock) {
    this.declarations = declarations;
    this.set = set;
    this.clock = clock;
  }

  /// The decisions of the last runs about a source, and what is ordered for its next dump.
  public List<Row> ofSource(SourceName source) throws IOException, InterruptedException {
    try (var reader = SetReader.open(declarations, set)) {
      var plans = reader.catalog().plans();
      var rows = new ArrayList<Row>();
      plans
          .ordered(source)
          .ifPresent(
              order ->
                  rows.add(
                      new Row.ReasonRow(
                          set.name() + "/" + source,
                          "next run",
                          order.at(),
                          "ORDERED",
                          words(order.command()),
                          "ordered for the next dump that succeeds",
                          Map.of())));
      var decisions = plans.decisionsOn(source.value());
      var shown = decisions.stream().map(DecisionRow::run).distinct().limit(RUNS_SHOWN).toList();
      decisions.stream()
          .filter(decision -> shown.contains(decision.run()))
          .forEach(decision -> rows.add(row(reader.catalog(), decision)));
      return rows;
    }
  }

  /// Everything about the images, runs and volumes whose names begin so; empty when there are none.
  public List<Row> of(String name) throws IOException, InterruptedException {
    try (var reader = SetReader.open(declarations, set)) {
      var catalog = reader.catalog();
      return Stream.of(
              catalog.images().matching(name).stream().flatMap(image -> image(catalog, image)),
              catalog.runs().list().stream()
                  .filter(run -> run.id().value().startsWith(name))
                  .flatMap(run -> run(catalog, run)),
              reader.catalog().inventory().volumes().stream()
                  .filter(volume -> volume.label().value().equalsIgnoreCase(name))
                  .flatMap(volume -> volume(reader, volume.label().value(), volume.labelledAt())))
          .flatMap(rows -> rows)
          .toList();
    }
  }

  private Stream<Row> run(Catalog catalog, RunRow run) {
    return catalog.plans().decisionsOf(run.id()).stream().map(decision -> row(catalog, decision));
  }

  private Stream<Row> image(Catalog catalog, ImageRow image) {
    var planned = image.planned();
    var made =
        new Row.ReasonRow(
            "image " + planned.image(),
            image.run().value(),
            image.createdAt(),
            image.state().name(),
            "level "
                + planned.level()
                + planned.parent().map(parent -> " on " + parent).orElse("")
                + " by "
                + planned.route(),
            planned.reason(),
            Map.of("estimate", planned.estimate().bytes()));
    var more =
        catalog.plans().decisionsOf(image.run()).stream()
            .filter(decision -> !decision.kind().equals("PLAN"))
            .filter(decision -> decision.subject().equals(planned.source().source().value()))
            .map(decision -> row(catalog, decision));
    return Stream.of(Stream.of(made), smaller(image), lifetime(catalog, image), more)
        .flatMap(rows -> rows);
  }

  /// What a full would have become without room in staging, or why nothing; what was found on media
  /// has no plan.
  private static Stream<Row> smaller(ImageRow image) {
    var outlook = image.planned().outlook();
    var instead = outlook.smaller().map(choice -> "level " + choice.level() + " instead");
    var reason = outlook.smaller().map(Outlook.Smaller::reason).orElse(outlook.refusal());
    return reason.isEmpty()
        ? Stream.of()
        : Stream.of(
            new Row.ReasonRow(
                "image " + image.planned().image(),
                image.run().value(),
                image.createdAt(),
                "NO ROOM",
                instead.orElse("nothing smaller"),
                reason,
                Map.of()));
  }

  /// Why it is still there, or why and when it went; as the catalog alone knows it.
  private Stream<Row> lifetime(Catalog catalog, ImageRow image) {
    var id = image.planned().image();
    var end = catalog.lifetimes().end(id);
    if (end.isPresent()) {
      return Stream.of(retention(image, end.get().at(), image.state().name(), end.get().reason()));
    }
    var now = Instant.now(clock);
    var inputs = RetentionInputs.of(catalog, set);
    var rules = RetentionInputs.rules(declarations.project(), set);
    return Optional.ofNullable(Retention.decide(inputs.images(), rules, now).get(id)).stream()
        .map(
            verdict ->
                switch (verdict) {
                  case RetentionVerdict.Keep(var reasons) ->
                      retention(
                          image,
                          now,
                          "KEPT",
                          reasons.stream().map(KeepReason::text).collect(Collectors.joining(", ")));
                  case RetentionVerdict.Expire(var reason) ->
                      retention(image, now, "EXPIRED", reason);
                });
  }

  private static Row retention(ImageRow image, Instant at, String decision, String reason) {
    return new Row.ReasonRow(
        "image " + image.planned().image(),
        image.run().value(),
        at,
        "RETENTION",
        decision,
        reason,
        Map.of());
  }

  private Stream<Row> volume(SetReader reader, String label, Instant labelledAt) {
    return reader.images().stream()
        .filter(
            image ->
                Writing.labels(image.manifest().orElseThrow()).stream()
                    .anyMatch(on -> on.value().equals(label)))
        .map(
            image ->
                new Row.ReasonRow(
                    "volume " + label,
                    image.run().value(),
                    labelledAt,
                    "HOLDS",
                    image.planned().source() + " level " + image.planned().level(),
                    image.planned().reason(),
                    Map.of("stored", image.manifest().orElseThrow().stream().storedBytes())));
  }

  private Row row(Catalog catalog, DecisionRow decision) {
    var at = catalog.runs().find(decision.run()).map(RunRow::startedAt).orElse(Instant.EPOCH);
    return new Row.ReasonRow(
        set.name() + "/" + decision.subject(),
        decision.run().value(),
        at,
        decision.kind(),
        decision.decision(),
        decision.reason(),
        decision.numbers());
  }

  private static String words(dev.holdfast.model.OneShot command) {
    return command.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
