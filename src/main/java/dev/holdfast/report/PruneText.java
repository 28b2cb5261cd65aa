package dev.holdfast.report;

import dev.holdfast.model.Digest;
import dev.holdfast.report.PruneReport.Fate;
import dev.holdfast.report.PruneReport.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A prune for people. A dry run shows every image with its reasons, a real one what went.
final class PruneText {
  private static final int DIGITS = 16;

  private final View view;

  PruneText(View view) {
    this.view = view;
  }

  String render(PruneReport prune) {
    return "%s of %s: %s\n"
            .formatted(
                prune.dryRun() ? "Prune (dry run)" : "Prune",
                prune.set(),
                TextReports.outcome(prune.exit(), view))
        + storage(prune)
        + (prune.dryRun() && prune.count(Outcome.EXPIRED) > 0
            ? "  digest %s\n".formatted(digits(prune.digest()))
            : "")
        + images(prune);
  }

  String render(PurgeReport purge) {
    var text = new StringBuilder();
    text.append(
        "Purge of %s: %s\n".formatted(purge.set(), TextReports.outcome(purge.exit(), view)));
    purge.digest().ifPresent(digest -> text.append("  digest %s\n".formatted(digits(digest))));
    text.append(purge.storages().isEmpty() ? "  nothing of it is left on any storage\n" : "");
    purge.storages().forEach(storage -> text.append(storage(storage)).append(images(storage)));
    return text.toString();
  }

  private static String storage(PruneReport prune) {
    return "  storage %s: %s\n".formatted(Printable.of(prune.storage()), totals(prune));
  }

  private String images(PruneReport prune) {
    var text = new StringBuilder();
    var shown =
        prune.dryRun()
            ? prune.images()
            : prune.images().stream().filter(fate -> fate.outcome() != Outcome.KEPT).toList();
    text.append(shown.isEmpty() ? "" : "\n" + table(shown).text("  "));
    text.append(TextReports.problems(prune.problems()));
    return text.append(TextReports.notes(prune.notes())).toString();
  }

  /// `2 pruned, 1.20 GiB; 12 kept`.
  static String totals(PruneReport prune) {
    var text =
        Arrays.stream(Outcome.values())
            .filter(outcome -> prune.count(outcome) > 0)
            .sorted(java.util.Comparator.reverseOrder())
            .map(
                outcome ->
                    "%d %s, %s"
                        .formatted(
                            prune.count(outcome),
                            outcome.name().toLowerCase(Locale.ROOT),
                            Figures.bytes(prune.bytes(outcome))))
            .collect(Collectors.joining("; "));
    return text.isEmpty() ? "no images" : text;
  }

  private static String digits(Digest digest) {
    return digest.hex().substring(0, DIGITS);
  }

  private TextTable table(List<Fate> fates) {
    var table = new TextTable("IMAGE", "SOURCE", ">LEVEL", "AT", ">BYTES", "FATE", "WHY");
    fates.forEach(
        fate ->
            table.row(
                fate.image().image().value(),
                fate.image().source().toString(),
                fate.image().level().toString(),
                Figures.time(fate.at(), view.zone()),
                Figures.bytes(fate.bytes()),
                fate.outcome().name(),
                fate.why()));
    return table;
  }
}
