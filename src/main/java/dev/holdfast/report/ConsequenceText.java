package dev.holdfast.report;

import dev.holdfast.report.ConsequenceReport.FieldChange;
import dev.holdfast.report.ConsequenceReport.Loss;
import dev.holdfast.report.ConsequenceReport.SetChange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The consequences of an edit for people, as text and as Markdown for a pull request.
public final class ConsequenceText {
  private static final int DIGITS = 12;
  private static final int MOST_LOSSES = 50;
  private static final String HEAD =
      """

      | image | source | level | restores | bytes | goes | went |
      | --- | --- | --- | --- | --- | --- | --- |
      """;

  private final View view;

  public ConsequenceText(View view) {
    this.view = view;
  }

  String render(ConsequenceReport report) {
    var text = new StringBuilder(head(report) + "\n");
    for (var set : report.sets()) {
      text.append("  %s\n".formatted(title(set)));
      set.fields().forEach(field -> text.append("    %s\n".formatted(field(field))));
      if (hasImages(set)) {
        text.append("    %s\n".formatted(reach(set)));
      }
      if (!set.losses().isEmpty()) {
        text.append("    %s\n".formatted(sum(report, set)));
        text.append(table(report, set).text("    "));
      }
    }
    return text.toString();
  }

  /// A page that says the same, to be put under a pull request.
  public String markdown(ConsequenceReport report) {
    var text = new StringBuilder("### Holdfast: " + head(report) + "\n");
    for (var set : report.sets()) {
      text.append("\n**%s**\n\n".formatted(title(set)));
      set.fields().forEach(field -> text.append("- %s\n".formatted(code(field))));
      if (hasImages(set)) {
        text.append("- %s\n".formatted(reach(set)));
      }
      if (!set.losses().isEmpty()) {
        text.append("- %s\n".formatted(sum(report, set)));
        text.append(HEAD);
        shown(set).forEach(loss -> text.append(line(report, loss)));
      }
    }
    return text.toString();
  }

  private static String head(ConsequenceReport report) {
    var between =
        "%s to %s"
            .formatted(
                abbreviated(report.base()),
                report
                    .head()
                    .map(head -> "the working tree on " + abbreviated(head))
                    .orElse("the working tree"));
    if (report.sets().isEmpty()) {
      return "no set changes from " + between;
    }
    return (report.destructive() ? "DESTRUCTIVE: " : "")
        + Figures.count(report.sets().size(), "set")
        + (report.sets().size() == 1 ? " changes from " : " change from ")
        + between;
  }

  private static String title(SetChange set) {
    return set.set()
        + " is "
        + set.kind().name().toLowerCase(Locale.ROOT)
        + (set.destructive() ? " (destructive)" : "");
  }

  private static String field(FieldChange field) {
    return "%s: %s -> %s"
        .formatted(field.path(), Printable.of(field.from()), Printable.of(field.to()));
  }

  private static String code(FieldChange field) {
    return "`%s`: `%s` → `%s`"
        .formatted(
            field.path(),
            Printable.of(field.from()).replace('`', '\''),
            Printable.of(field.to()).replace('`', '\''));
  }

  private static boolean hasImages(SetChange set) {
    return set.before().isPresent();
  }

  private String reach(SetChange set) {
    return "oldest restore point: %s before, %s after the next prune"
        .formatted(time(set.before()), time(set.after()));
  }

  private static String sum(ConsequenceReport report, SetChange set) {
    long now = set.losses().stream().filter(loss -> !loss.after().isAfter(report.at())).count();
    return "%s, %s, go earlier; %d with the next prune"
        .formatted(
            Figures.count(set.losses().size(), "restore point"), Figures.bytes(set.bytes()), now);
  }

  private TextTable table(ConsequenceReport report, SetChange set) {
    var table =
        new TextTable("IMAGE", "SOURCE", ">LEVEL", "RESTORES", ">BYTES", "GOES", "INSTEAD OF");
    shown(set)
        .forEach(
            loss ->
                table.row(
                    loss.image().image().value(),
                    loss.image().source().toString(),
                    loss.image().level().toString(),
                    Figures.time(loss.at(), view.zone()),
                    Figures.bytes(loss.bytes()),
                    goes(report, loss),
                    went(loss)));
    return table;
  }

  private String line(ConsequenceReport report, Loss loss) {
    return "| %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            loss.image().image(),
            loss.image().source(),
            loss.image().level(),
            Figures.time(loss.at(), view.zone()),
            Figures.bytes(loss.bytes()),
            goes(report, loss),
            went(loss));
  }

  private static List<Loss> shown(SetChange set) {
    return set.losses().stream().limit(MOST_LOSSES).toList();
  }

  private String goes(ConsequenceReport report, Loss loss) {
    return loss.after().isAfter(report.at())
        ? Figures.time(loss.after(), view.zone())
        : "next prune";
  }

  private String went(Loss loss) {
    return loss.before().map(at -> Figures.time(at, view.zone())).orElse("stays");
  }

  private String time(Optional<Instant> at) {
    return at.map(instant -> Figures.time(instant, view.zone())).orElse("none");
  }

  private static String abbreviated(String commit) {
    return commit.substring(0, Math.min(DIGITS, commit.length()));
  }
}
