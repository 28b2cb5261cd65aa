package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import dev.holdfast.plan.trigger.TriggerDiff;
import dev.holdfast.plan.trigger.TriggerDiff.State;
import dev.holdfast.plan.trigger.Triggers;
import dev.holdfast.report.CalendarRow;
import dev.holdfast.report.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Compares what is declared with what is installed.
@Command(
    name = "diff",
    description = {
      "Compares the declared triggers with the installed ones: missing, changed, and orphaned,",
      "which are those of this project that nothing declares any more.",
    },
    footer = {
      "  holdfast schedule diff systemd",
      "  holdfast schedule diff cron --installed /var/spool/cron/crontabs/backup",
      "  holdfast schedule diff github --detailed-exitcode",
    })
final class ScheduleDiffCommand implements Verb {
  @Mixin private ScheduleTriggers triggers = new ScheduleTriggers();

  @Option(
      names = "--installed",
      paramLabel = "PATH",
      description =
          "where they are: a folder, for cron the crontab; may be given again (default: systemd's"
              + " folders of system and user, for CI the repository)")
  private List<Path> installed = List.of();

  @Option(names = "--detailed-exitcode", description = "exit 5 when something differs")
  private boolean detailed;

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarations();
    var rendered = triggers.render(session, declared, List.copyOf(declared.sets().values()));
    var places = places(declared.repository());
    var texts = texts(places);
    var differences = new TriggerDiff(declared).compare(rendered, texts);
    var where = places.stream().map(Path::toString).toList();
    session.show(
        Listing.of(
            "triggers",
            differences.stream()
                .map(
                    one ->
                        new CalendarRow.TriggerRow(
                            one.name(),
                            one.state().name().toLowerCase(Locale.ROOT),
                            String.join(", ", where),
                            one.why()))
                .toList()));
    boolean same = differences.stream().allMatch(one -> one.state() == State.SAME);
    return detailed && !same ? ExitCode.CHANGES : ExitCode.OK;
  }

  private List<Path> places(Path repository) {
    if (!installed.isEmpty()) {
      return installed;
    }
    return switch (triggers.form()) {
      case SYSTEMD ->
          List.of(
              Path.of("/etc/systemd/system"),
              Path.of(System.getProperty("user.home"), ".config/systemd/user"));
      case CRON ->
          throw Refusal.usage(
              "where the crontab is was not said", "as --installed FILE, made by 'crontab -l'");
      case GITHUB, GITLAB -> List.of(repository);
    };
  }

  private Map<String, String> texts(List<Path> places) throws IOException {
    var texts = new LinkedHashMap<String, String>();
    for (var place : places) {
      if (triggers.form() == Triggers.Form.CRON) {
        TriggerDiff.sections(read(place)).forEach(texts::putIfAbsent);
      } else if (Files.isDirectory(place)) {
        files(place).forEach(texts::putIfAbsent);
      } else if (!installed.isEmpty()) {
        throw Refusal.notFound("there is no folder " + place, "name the one with the files");
      }
    }
    return texts;
  }

  /// Only files that could be a trigger of this form: their names are ours.
  private Map<String, String> files(Path place) throws IOException {
    var texts = new TreeMap<String, String>();
    var folder = place.resolve(folder());
    if (!Files.isDirectory(folder)) {
      return texts;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (var file : files.filter(this::isCandidate).toList()) {
        texts.put(place.relativize(file).toString(), read(file));
      }
    }
    return texts;
  }

  private String folder() {
    return switch (triggers.form()) {
      case SYSTEMD, CRON -> "";
      case GITHUB -> ".github/workflows";
      case GITLAB -> ".gitlab";
    };
  }

  private boolean isCandidate(Path file) {
    var name = String.valueOf(file.getFileName());
    return name.startsWith("holdfast")
        && name.matches(".*\\.(service|timer|ya?ml)")
        && Files.isRegularFile(file);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new HoldfastException(
          ExitCode.NOT_FOUND,
          new Problem(
              file.toString(),
              "cannot be read: " + unreadable.getClass().getSimpleName(),
              "name a readable file with --installed"));
    }
  }
}
