package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Does what people do often, so that the JVM can note for its AOT cache what that needs. The
/// launcher runs it once, on the example and with a state directory that it throws away.
@Command(name = "tune", hidden = true, description = "Prepares a faster start.")
final class TuneCommand implements Verb {
  private static final List<String> OFTEN =
      List.of(
          "validate",
          "explain SlowDesktops",
          "list sets -o json",
          "run SlowDesktops",
          "run SlowDesktops -o jsonl",
          "list images",
          "list runs SlowDesktops",
          "ls SlowDesktops",
          "find *.java",
          "status",
          "verify SlowDesktops",
          "restore SlowDesktops --to SCRATCH/back");

  private static final List<String> TO_A_BUCKET =
      List.of("storage check", "run Tune", "flush Tune", "list images");

  @Parameters(paramLabel = "DIR", description = "for restored files")
  private Path scratch = Path.of("");

  @Override
  public ExitCode run(Session session) {
    var settings = session.settings();
    var example = settings.repository().orElse(Path.of("."));
    OFTEN.forEach(line -> run(line, example, settings.state().orElse(scratch.resolve("state"))));
    try (var bucket = TuneBucket.open()) {
      bucket.configure(scratch.resolve("bucket"));
      TO_A_BUCKET.forEach(
          line -> run(line, scratch.resolve("bucket"), scratch.resolve("bucket-state")));
    } catch (IOException noBucket) {
      session.note("runs to a bucket will start slower: " + Reason.of(noBucket));
    }
    return ExitCode.OK;
  }

  private void run(String line, Path repository, Path state) {
    var silent = OutputStream.nullOutputStream();
    var inner = new Dispatcher(new Screen(silent, silent, false, false), Map.of());
    var same = List.of("-C", repository.toString(), "--state", state.toString());
    var words = Stream.of(line.replace("SCRATCH", scratch.toString()).split(" "));
    inner.run(Stream.concat(words, same.stream()).toArray(String[]::new));
  }
}
