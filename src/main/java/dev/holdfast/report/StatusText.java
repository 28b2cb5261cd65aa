package dev.holdfast.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// How the sets stand, for people.
final class StatusText {
  private static final int MOST = 5;

  private final View view;

  StatusText(View view) {
    this.view = view;
  }

  String render(StatusReport status) {
    var text = new StringBuilder();
    for (var set : status.sets()) {
      text.append(text.isEmpty() ? "" : "\n").append(set(set));
    }
    return text.toString();
  }

  private String set(StatusReport.SetStatus set) {
    var text = new StringBuilder(set.set() + "\n");
    set.running()
        .ifPresent(
            running ->
                text.append(
                    "  running   %s since %s, %s\n"
                        .formatted(
                            running.run(), time(running.since()), Printable.of(running.phase()))));
    text.append(
        set.last()
            .map(
                last ->
                    "  last run  %s ended %s, %s\n"
                        .formatted(
                            last.run(),
                            time(last.finishedAt()),
                            TextReports.outcome(last.exit(), view)))
            .orElse("  last run  never\n"));
    if (set.waiting().images() > 0) {
      text.append(
          "  staging   %s, %s, not yet on media%s\n"
              .formatted(
                  Figures.count(set.waiting().images(), "image"),
                  Figures.bytes(set.waiting().bytes()),
                  set.outlook().stagedSince().map(at -> ", since " + time(at)).orElse("")));
    }
    set.copies().forEach(copy -> text.append(copies(copy)));
    text.append(damage(set.damage()));
    set.outlook().nextDue().ifPresent(at -> text.append("  next due  " + time(at) + "\n"));
    set.outlook().paused().ifPresent(why -> text.append("  schedule  " + why + "\n"));
    set.outlook().reasons().forEach(why -> text.append("  look at   " + Printable.of(why) + "\n"));
    return text.append(sources(set)).toString();
  }

  private String copies(CopyReport copy) {
    return "  copies    %s on %s%s%s\n"
        .formatted(
            Figures.count(copy.whole(), "image"),
            copy.storage(),
            copy.site().map(site -> " (" + site + ")").orElse(""),
            CopyText.pending(copy, view));
  }

  private String damage(List<StatusReport.Damage> all) {
    var text = new StringBuilder();
    all.stream()
        .limit(MOST)
        .forEach(
            one ->
                text.append(
                    "  damaged   image %s of %s on %s, found %s\n"
                        .formatted(one.image(), one.source(), one.storage(), time(one.foundAt()))));
    return all.size() <= MOST
        ? text.toString()
        : text.append("  damaged   and %d more\n".formatted(all.size() - MOST)).toString();
  }

  private String sources(StatusReport.SetStatus set) {
    var table =
        new TextTable(
            "SOURCE", "LAST GOOD", ">AGE", ">TARGET", ">LEVEL", "WHERE", "IMAGE", "PROBLEM");
    for (var source : set.sources()) {
      var good = source.lastGood();
      table.row(
          source.source().value(),
          good.map(image -> time(image.at())).orElse("never"),
          source.freshness().flatMap(StatusReport.Freshness::age).map(StatusText::age).orElse("-"),
          source.freshness().map(fresh -> age(fresh.target()) + late(fresh)).orElse("-"),
          good.map(image -> image.level().toString()).orElse("-"),
          good.map(image -> image.place().name().toLowerCase(Locale.ROOT)).orElse("-"),
          good.map(image -> image.image().value()).orElse("-"),
          source.lastProblem().map(StatusReport.LastProblem::text).orElse("-"));
    }
    return table.text("  ");
  }

  /// Whole hours, days from the third on.
  private static String age(Duration age) {
    return age.toHours() < 1
        ? age.toMinutes() + " min"
        : age.toDays() < 3 ? age.toHours() + " h" : age.toDays() + " d";
  }

  private static String late(StatusReport.Freshness fresh) {
    return fresh.overdue() ? " OVERDUE" : "";
  }

  private String time(Instant instant) {
    return Figures.time(instant, view.zone());
  }
}
