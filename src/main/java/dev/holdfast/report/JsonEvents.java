package dev.holdfast.report;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// What happens as JSON lines: each an object with `type`, `at`, `run` and `set`. Progress comes at
/// every tenth or every ten seconds, at most once a second. Thread-safe.
public final class JsonEvents implements RunEvents {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Consumer<String> lines;
  private final InstantSource clock;
  private final Milestones milestones;
  private Optional<RunEvent.RunBegan> run = Optional.empty();

  /// @param lines is given each line without its end
  public JsonEvents(Consumer<String> lines, InstantSource clock) {
    this.lines = lines;
    this.clock = clock;
    this.milestones = new Milestones(clock, SHORTEST, LONGEST);
  }

  @Override
  public synchronized void tell(RunEvent event) {
    switch (event) {
      case RunEvent.RunBegan began -> {
        run = Optional.of(began);
        line(json("run").put("resumed", began.resumed()));
      }
      case RunEvent.PhaseBegan(var phase) -> line(phase("phase-begin", phase));
      case RunEvent.PhaseEnded(var phase, var took) ->
          line(phase("phase-end", phase).put("took", took));
      case RunEvent.Estimated(var source, var text) ->
          line(json("estimate").put("source", source.value()).put("text", text));
      case RunEvent.DumpBegan began -> dumpBegan(began);
      case RunEvent.DumpProgress(var source, var bytes) -> progress("dump", source.value(), bytes);
      case RunEvent.DumpEnded(var report) -> {
        milestones.end("dump" + report.source());
        line(json("dump-end").put("report", RunJson.source(report)));
      }
      case RunEvent.WriteBegan(var image, var bytes) -> {
        milestones.begin("write" + image.image(), bytes);
        line(image("write-begin", image).put("bytes", bytes));
      }
      case RunEvent.WriteProgress(var image, var bytes) -> progress("write", image.value(), bytes);
      case RunEvent.WriteEnded(var image, var volumes) -> {
        milestones.end("write" + image.image());
        line(image("write-end", image).texts("volumes", volumes));
      }
      case RunEvent.CopyBegan(var image, var storage, var bytes) -> {
        milestones.begin("copy" + image.image() + " to " + storage, bytes);
        line(image("copy-begin", image).put("storage", storage).put("bytes", bytes));
      }
      case RunEvent.CopyProgress(var image, var storage, var bytes) ->
          progress("copy", image + " to " + storage, bytes);
      case RunEvent.CopyEnded(var image, var storage, var volumes) -> {
        milestones.end("copy" + image.image() + " to " + storage);
        line(image("copy-end", image).put("storage", storage).texts("volumes", volumes));
      }
      case RunEvent.Reading(var what, var bytes, var total) -> reading(what, bytes, total);
      case RunEvent.Note(var text) -> line(json("note").put("text", text));
      case RunEvent.Warning(var problem) ->
          line(json("warning").put("problem", JsonObject.of(problem)));
    }
  }

  private void dumpBegan(RunEvent.DumpBegan began) {
    milestones.begin("dump" + began.source(), began.estimate().bytes());
    line(
        json("dump-begin")
            .put("source", began.source().value())
            .put("level", began.level().value())
            .put("reason", began.reason())
            .put("estimateBytes", began.estimate().bytes())
            .put("estimatedBy", began.estimate().method()));
  }

  private void reading(String what, long bytes, long total) {
    if (milestones.total("read" + what) != total) {
      milestones.begin("read" + what, total);
    }
    progress("read", what, bytes);
  }

  private void progress(String step, String subject, long bytes) {
    if (milestones.reached(step + subject, bytes)) {
      line(
          json("progress")
              .put("step", step)
              .put("subject", subject)
              .put("bytesDone", bytes)
              .put("bytesTotal", milestones.total(step + subject)));
    }
  }

  private JsonObject phase(String type, RunEvent.Phase phase) {
    return json(type).put("phase", phase.name().toLowerCase(Locale.ROOT));
  }

  private JsonObject image(String type, ImageRef image) {
    return json(type).put("image", JsonReports.ref(image));
  }

  private JsonObject json(String type) {
    return new JsonObject()
        .put("type", type)
        .put("at", clock.instant())
        .put("run", run.map(RunEvent.RunBegan::run))
        .put("set", run.map(RunEvent.RunBegan::set));
  }

  private void line(JsonObject json) {
    lines.accept(json.line());
  }
}
