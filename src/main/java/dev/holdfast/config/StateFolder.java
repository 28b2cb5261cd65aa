package dev.holdfast.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the state directory when neither the caller nor the Project names one.
final class StateFolder {

  private StateFolder() {}

  /// systemd's STATE_DIRECTORY, else XDG_STATE_HOME, else ~/.local/state; `holdfast` below the
  /// last two.
  static Path of(Map<String, String> environment) {
    return Stream.of(
            absolute(environment, "STATE_DIRECTORY"),
            absolute(environment, "XDG_STATE_HOME").map(path -> path.resolve("holdfast")),
            absolute(environment, "HOME").map(path -> path.resolve(".local/state/holdfast")))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> Path.of("/var/lib/holdfast"));
  }

  private static Optional<Path> absolute(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(value -> value.split(":", 2)[0])
        .filter(value -> value.startsWith("/"))
        .map(Path::of)
        .map(Path::normalize);
  }
}
