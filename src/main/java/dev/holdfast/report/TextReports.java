package dev.holdfast.report;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// Reports as text for people. Lines end with `\n`; foreign text is escaped.
public final class TextReports {
  private static final String INDENT = "  ";

  private final View view;

  public TextReports(View view) {
    this.view = view;
  }

  public String render(Report report) {
    return switch (report) {
      case RunReport run -> new RunText(view).render(run);
      case VerifyReport verify -> verify(verify);
      case RestoreReport restore -> restore(restore);
      case StatusReport status -> new StatusText(view).render(status);
      case CalendarReport calendar -> CalendarText.render(calendar);
      case CatalogCheckReport check -> check(check);
      case CatalogRebuildReport rebuild -> rebuild(rebuild);
      case ForecastReport forecast -> new ForecastText(view).render(forecast);
      case ConsequenceReport consequences -> new ConsequenceText(view).render(consequences);
      case PruneReport prune -> new PruneText(view).render(prune);
      case PurgeReport purge -> new PruneText(view).render(purge);
      case StorageReport storage ->
          new ListingText(view).render(Listing.of(storage.name(), storage.lines()))
              + problems(storage.problems());
      case Listing listing -> new ListingText(view).render(listing);
    };
  }

  /// `place: fact` and the hint, each on a line of its own.
  public static String problem(Problem problem) {
    return new Problem(
                Printable.of(problem.place()),
                Printable.of(problem.fact()),
                Printable.of(problem.hint()))
            .text()
        + "\n";
  }

  static String problems(List<Problem> problems) {
    return problems.stream()
        .map(problem -> problem(problem).indent(INDENT.length()))
        .collect(Collectors.joining());
  }

  /// The outcome's name, coloured when wanted.
  static String outcome(ExitCode exit, View view) {
    var name = exit.name();
    if (!view.color()) {
      return name;
    }
    var color = exit == ExitCode.OK ? "32" : exit.resumable() ? "33" : "31";
    return "\u001b[" + color + "m" + name + "\u001b[0m";
  }

  static String ref(ImageRef image) {
    return image.source() + " level " + image.level() + " image " + image.image();
  }

  private String verify(VerifyReport report) {
    var text = new StringBuilder();
    text.append("Verify %s: %s\n".formatted(Printable.of(report.subject()), outcome(report)));
    text.append(
        "  %s, %s read in %s, %s\n"
            .formatted(
                Figures.count(report.images().size(), "image"),
                Figures.bytes(report.bytes()),
                Figures.duration(report.span().took()),
                Figures.rate(report.bytes(), report.span().took())));
    var table = new TextTable("IMAGE", "SOURCE", ">LEVEL", "STORAGE", "FOUND", ">FILES", ">READ");
    report.images().forEach(image -> row(table, image));
    text.append(report.images().isEmpty() ? "" : "\n" + table.text(INDENT));
    report.damage().forEach(damage -> text.append(damaged(damage)));
    return text.append(problems(report.problems())).toString();
  }

  private static void row(TextTable table, VerifyReport.Verified one) {
    table.row(
        one.image().image().value(),
        one.image().source().toString(),
        one.image().level().toString(),
        one.storage(),
        one.verdict().name(),
        String.valueOf(one.files()),
        Figures.bytes(one.bytes()));
  }

  private static String damaged(VerifyReport.Damage damage) {
    return "\n  %s of %s on %s: %s\n  LOST: %s\n"
        .formatted(
            Printable.of(damage.file()),
            ref(damage.image()),
            Printable.of(damage.where()),
            Printable.of(damage.fact()),
            Printable.of(damage.lost()));
  }

  private String restore(RestoreReport report) {
    var text = new StringBuilder();
    text.append(
        "Restore %s as of %s: %s\n"
            .formatted(report.source(), Figures.time(report.at(), view.zone()), outcome(report)));
    text.append("  to        %s\n".formatted(Printable.of(report.target())));
    report.chain().forEach(image -> text.append("  from      %s\n".formatted(ref(image))));
    text.append(
        "  restored  %d of %d, %s in %s, %s\n"
            .formatted(
                report.members().restored(),
                report.members().selected(),
                Figures.bytes(report.members().bytes()),
                Figures.duration(report.span().took()),
                Figures.rate(report.members().bytes(), report.span().took())));
    text.append(problems(report.missing())).append(problems(report.problems()));
    return text.append(notes(report.notes())).toString();
  }

  static String notes(List<String> notes) {
    return notes.stream()
        .map(note -> "  note: " + Printable.of(note) + "\n")
        .collect(Collectors.joining());
  }

  private String check(CatalogCheckReport report) {
    return "Catalog of %s: %s\n".formatted(report.set(), outcome(report))
        + "  %s on %s compared in %s, %s\n"
            .formatted(
                Figures.count(report.images(), "image"),
                Figures.count(report.volumes(), "volume"),
                Figures.duration(report.span().took()),
                Figures.count(report.differences().size(), "difference"))
        + problems(report.differences());
  }

  private String rebuild(CatalogRebuildReport report) {
    var text = new StringBuilder();
    text.append("Catalog of %s rebuilt: %s\n".formatted(report.set(), outcome(report)));
    text.append(
        "  %s found on %s in %s\n"
            .formatted(
                Figures.count(report.images().size(), "image"),
                Figures.count(report.volumes().size(), "volume"),
                Figures.duration(report.span().took())));
    return text.append(problems(report.problems())).toString();
  }

  private String outcome(Report report) {
    return outcome(report.exit(), view);
  }
}
