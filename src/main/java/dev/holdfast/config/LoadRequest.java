package dev.holdfast.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What to read, and what the caller already knows.
///
/// @param repository the configuration repository's folder
/// @param state the state directory given by option or variable; stronger than the Project's
/// @param environment asked for XDG_STATE_HOME, STATE_DIRECTORY and HOME only
/// @param vars values that replace those of the Project's `vars`
public record LoadRequest(
    Path repository,
    Optional<Path> state,
    Map<String, String> environment,
    Map<String, String> vars) {

  public LoadRequest {
    environment = Map.copyOf(environment);
    vars = Map.copyOf(vars);
  }

  public LoadRequest(Path repository, Optional<Path> state, Map<String, String> environment) {
    this(repository, state, environment, Map.of());
  }
}
