package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.plan.trigger.Trigger;
import dev.holdfast.plan.trigger.Triggers;
import dev.holdfast.report.JsonObject;
import dev.holdfast.report.JsonReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes what starts sets.
@Command(
    name = "render",
    description = {
      "Makes systemd units, a crontab, or CI jobs that call 'run --due' when sets may be due.",
      "To standard output, or with --out into files; nothing is installed or started.",
    },
    footer = {
      "  holdfast schedule render systemd --out /etc/systemd/system",
      "  holdfast schedule render cron | crontab -",
      "  holdfast schedule render github --out .",
    })
final class ScheduleRenderCommand implements Verb {
  @Mixin private ScheduleTriggers triggers = new ScheduleTriggers();

  @Parameters(index = "1..*", paramLabel = "SET", description = "only these sets")
  private List<String> names = List.of();

  @Option(names = "--out", paramLabel = "DIR", description = "write files into this folder")
  private @Nullable Path folder;

  @Override
  public ExitCode run(Session session) throws Exception {
    var declared = session.declarations();
    var rendered = triggers.render(session, declared, new Selection(declared).setsOrAll(names));
    if (rendered.isEmpty()) {
      throw Refusal.notFound(
          "no set starts by itself: nothing to render",
          "give a set a schedule that is not manual, with 'when.schedule'");
    }
    var files = triggers.form() == Triggers.Form.CRON ? List.of(crontab(rendered)) : rendered;
    if (folder == null) {
      print(session, files);
      return ExitCode.OK;
    }
    for (var file : files) {
      write(folder.resolve(file.name()), file.text());
      session.screen().out(folder.resolve(file.name()) + "\n");
    }
    return ExitCode.OK;
  }

  private static Trigger crontab(List<Trigger> sections) {
    return new Trigger(
        "holdfast.crontab", sections.stream().map(Trigger::text).collect(Collectors.joining("\n")));
  }

  private static void print(Session session, List<Trigger> files) {
    var screen = session.screen();
    switch (session.settings().output()) {
      case TEXT -> files.forEach(file -> screen.out(head(files, file) + file.text()));
      case JSON -> screen.out(json(session, files).document());
      case JSONL -> screen.out(json(session, files).line() + "\n");
    }
  }

  /// Where one text is several files, each is announced.
  private static String head(List<Trigger> files, Trigger file) {
    return files.size() > 1 ? "# --- " + file.name() + "\n" : "";
  }

  private static JsonObject json(Session session, List<Trigger> files) {
    return new JsonReports(session.view())
        .document("triggers", ExitCode.OK)
        .objects(
            "files",
            files,
            file -> new JsonObject().put("name", file.name()).put("text", file.text()));
  }

  /// A reader never sees half a file.
  private static void write(Path target, String text) throws IOException {
    var parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    var beside = target.resolveSibling(target.getFileName() + ".new");
    Files.writeString(beside, text);
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
