package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryRulesTests {
  private static final String LIBRARY =
      """
      apiVersion: holdfast/v1
      kind: Storage
      name: Library
      type: tape
      tape:
        changer: { byId: changer0 }
        drives: [{ name: drive0, byId: tape0, index: 0 }, { name: drive1, byId: tape1, index: 1 }]
        slots: "1-23"
      """;

  @TempDir Path folder;
  private Repository repository;

  @BeforeEach
  void declareALibrary() {
    repository =
        new Repository(folder)
            .with("backupsets/sources/www.yaml", Repository.SOURCE)
            .with("storage/library.yaml", LIBRARY)
            .with("backupsets/one.yaml", set("One", "slots: [\"2-5\"]", 2));
  }

  @Test
  void aSlotBelongsToOneSet() {
    repository.with("backupsets/two.yaml", set("Two", "slots: [\"9\", \"4-6\"]", 1));

    assertThat(Repository.texts(repository.invalid()))
        .containsExactly(
            """
            backupsets/two.yaml:5:35: slot 4 belongs to set One already
            HINT: give each set slots of its own""");
  }

  @Test
  void nobodyWritesWithMoreDrivesThanTheSetHas() {
    repository.with("backupsets/two.yaml", set("Two", "drives: [drive0]", 2));

    assertThat(Repository.texts(repository.invalid()))
        .containsExactly(
            """
            backupsets/two.yaml:6:23: 2 writers at once, and the set has 1 of the drives
            HINT: lower how.mediaParallel, or name more drives in where.drives""");
  }

  @Test
  void ignoredBarCodesAreWarnedOf() {
    repository.with("storage/library.yaml", LIBRARY + "  ignoreBarcodes: true\n");

    assertThat(Repository.texts(repository.loaded().warnings()))
        .containsExactly(
            """
            storage/library.yaml:9:19: warning: without bar codes each volume must be loaded to know which it is
            HINT: leave it false unless the library has no reader""");
  }

  private static String set(String name, String where, int writers) {
    return """
    apiVersion: holdfast/v1
    kind: BackupSet
    name: %s
    what: { sources: [www] }
    where: { storage: Library, %s }
    how: { mediaParallel: %d }
    """
        .formatted(name, where, writers);
  }
}
