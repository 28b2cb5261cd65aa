package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who decides where state is kept: the caller, the Project, systemd, XDG, the home.
class StateFolderTests {
  private static final String PROJECT =
      "apiVersion: holdfast/v1\nkind: Project\nname: Example\nstate: /var/lib/web\n";

  @Test
  void theCallerIsStrongerThanTheProject(@TempDir Path root) {
    var repository = new Repository(root).withSet().with("jobs/project.yaml", PROJECT);
    assertThat(repository.loaded().declarations().state()).isEqualTo(Repository.STATE);
    assertThat(state(root, Map.of())).hasToString("/var/lib/web");
  }

  @Test
  void systemdIsStrongerThanXdgAndXdgThanTheHome(@TempDir Path root) {
    new Repository(root).withSet();
    var home = Map.of("HOME", "/home/me");
    var xdg = Map.of("HOME", "/home/me", "XDG_STATE_HOME", "/xdg");
    var systemd = Map.of("XDG_STATE_HOME", "/xdg", "STATE_DIRECTORY", "/var/lib/a:/var/lib/b");
    assertThat(state(root, home)).hasToString("/home/me/.local/state/holdfast");
    assertThat(state(root, xdg)).hasToString("/xdg/holdfast");
    assertThat(state(root, systemd)).hasToString("/var/lib/a");
  }

  private static Path state(Path root, Map<String, String> environment) {
    return switch (Loader.load(new LoadRequest(root, Optional.empty(), environment))) {
      case LoadResult.Loaded loaded -> loaded.declarations().state();
      case LoadResult.Invalid(var findings, _) -> throw new AssertionError(findings.toString());
    };
  }
}
