package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Staging;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The shipped example is a valid repository that a run would not refuse.
class ExampleTests {
  private static final Path ROOT = Path.of("").toAbsolutePath();

  @Test
  void isValidWithoutWarnings() {
    assertThat(new Repository(ROOT).loaded().warnings()).isEmpty();
  }

  @Test
  void asksForNothingThatIsNotAvailable() {
    assertThat(demo().unavailable()).isEmpty();
  }

  @Test
  void backsUpTheFolderSrcToDiskBelowTheStateDirectory() {
    var set = demo();
    assertThat(set.sources().getFirst().spec())
        .isInstanceOfSatisfying(
            Filesystem.class, files -> assertThat(files.paths()).containsExactly(ROOT + "/src"));
    assertThat(set.storage().spec())
        .isInstanceOfSatisfying(
            Disk.class, disk -> assertThat(disk.path()).hasToString("/srv/state/storage/demo"));
    assertThat(set.staging().map(Staging::path)).contains(Path.of("/srv/state/staging/Demo"));
  }

  @Test
  void everyObjectCanBeExplained() {
    var loaded = new Repository(ROOT).loaded();
    for (var name : loaded.effective().names()) {
      assertThat(Explainer.explain(loaded, name)).hasSize(1);
    }
  }

  private static BackupSet demo() {
    var set = new Repository(ROOT).loaded().declarations().sets().get(new SetName("Demo"));
    if (set == null) {
      throw new AssertionError("no set Demo");
    }
    return set;
  }
}
