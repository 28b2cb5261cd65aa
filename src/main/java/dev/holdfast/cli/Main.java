package dev.holdfast.cli;

import java.util.List;

/// The command `holdfast`.
public final class Main {

  private Main() {}

  /// Ends the process with an exit code of `ExitCode`, always.
  public static void main(String... arguments) {
    // Before anything else is loaded: scripts ask for the version often.
    if (List.of("--version").equals(List.of(arguments))) {
      System.out.println("holdfast " + Version.current());
      return;
    }
    var dispatcher = new Dispatcher(Screen.ofProcess(), System.getenv());
    System.exit(dispatcher.run(arguments).code());
  }
}
