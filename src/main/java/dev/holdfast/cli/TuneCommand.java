package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
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

  @Parameters(paramLabel = "DIR", description = "for restored files")
  private Path scratch = Path.of("");

  @Override
  public ExitCode run(Session session) {
    var silent = OutputStream.nullOutputStream();
    var inner = new Dispatcher(new Screen(silent, silent, false, false), Map.of());
    var settings = session.settings();
    var same =
        List.of(
            "-C",
            settings.repository().orElse(Path.of(".")).toString(),
            "--state",
            settings.state().orElse(scratch.resolve("state")).toString());
    for (var line : OFTEN) {
      var words = Stream.of(line.replace("SCRATCH", scratch.toString()).split(" "));
      inner.run(Stream.concat(words, same.stream()).toArray(String[]::new));
    }
    return ExitCode.OK;
  }
}
