package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Compression;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Source;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a document inherits: built-in, `defaults.<Kind>`, `extends`, itself; later ones win.
class LayersTests {
  private static final String PROJECT =
      """
      apiVersion: holdfast/v1
      kind: Project
      name: Example
      vars: { site: { value: www } }
      defaults:
        Source:
          compress: { level: best }
          exclude: ["*.o"]
          tolerate: { vanished: 7 }
      """;
  private static final String BASE =
      """
      apiVersion: holdfast/v1
      kind: Source
      name: base
      abstract: true
      type: filesystem
      exclude: { $append: ["*.bak", "*.tmp"] }
      tolerate: { other: 3 }
      """;
  private static final String SOURCE =
      """
      apiVersion: holdfast/v1
      kind: Source
      name: www
      extends: base
      paths: ["/srv/${var.site}"]
      exclude: { $remove: ["*.tmp"], $append: ["*.log"] }
      compress: { level: 12 }
      """;

  @Test
  void mapsMergeScalarsReplaceListsChangeOnRequest(@TempDir Path root) {
    var source = source(repository(root));
    assertThat(source.compression()).isEqualTo(new Compression.Zstd(12));
    assertThat(source.spec())
        .isInstanceOfSatisfying(
            Filesystem.class,
            files -> {
              assertThat(files.paths()).containsExactly("/srv/www");
              assertThat(files.exclude()).containsExactly("*.o", "*.bak", "*.log");
              assertThat(files.tolerate().vanished()).isEqualTo(7);
              assertThat(files.tolerate().changedWhileRead()).isEqualTo(50);
              assertThat(files.tolerate().other()).isEqualTo(3);
            });
  }

  @Test
  void explainShowsEachValueAndItsOrigin(@TempDir Path root) {
    var explained = Explainer.explain(repository(root).loaded(), "source/WWW");
    assertThat(explained).hasSize(1);
    assertThat(explained.getFirst().text())
        .isEqualTo(
            """
            Source/www
              extends                    base                 # backupsets/sources/www.yaml:4
              type                       filesystem           # extends base (backupsets/sources/base.yaml:5)
              host                       localhost            # default
              paths                      [/srv/www]           # backupsets/sources/www.yaml:5
              exclude                    [*.o, *.bak, *.log]  # backupsets/sources/www.yaml:6
              oneFileSystem              true                 # default
              strategy                   standard             # default
              priority                   medium               # default
              expect.mountpoint          false                # default
              expect.allowEmpty          false                # default
              tolerate.vanished          7                    # defaults.Source (jobs/project.yaml:9)
              tolerate.changedWhileRead  50                   # default
              tolerate.unreadable        0                    # default
              tolerate.other             3                    # extends base (backupsets/sources/base.yaml:7)
              compress.where             client               # default
              compress.level             12                   # backupsets/sources/www.yaml:7
              encrypt.where              none                 # default
              encrypt.cipher             aes256               # default
            """);
  }

  @Test
  void aCircleOfExtendsIsNamed(@TempDir Path root) {
    var repository =
        repository(root)
            .with("backupsets/sources/base.yaml", BASE + "extends: other\n")
            .with(
                "backupsets/sources/other.yaml", BASE.replace("base", "other") + "extends: base\n");
    assertThat(Repository.texts(repository.invalid()))
        .contains(
            """
            backupsets/sources/base.yaml:8:10: Source 'other' extends itself: base -> other -> base
            HINT: break the circle""");
  }

  @Test
  void aChainOfFourIsTooLong(@TempDir Path root) {
    var repository = repository(root);
    for (int i = 0; i < 4; i++) {
      var parent = i == 3 ? "" : "extends: base" + (i + 1) + "\n";
      var name = i == 0 ? "base" : "base" + i;
      repository.with(
          "backupsets/sources/" + name + ".yaml",
          BASE.replace("name: base", "name: " + name) + parent);
    }
    assertThat(Repository.texts(repository.invalid()))
        .containsExactly(
            """
            backupsets/sources/www.yaml:4:10: a chain of more than 3 extends: www -> base -> base1 -> base2 -> base3
            HINT: flatten it""");
  }

  @Test
  void onlyAbstractDocumentsAreExtended(@TempDir Path root) {
    var repository =
        repository(root)
            .with(
                "backupsets/sources/base.yaml", BASE.replace("abstract: true\n", "paths: [/x]\n"));
    assertThat(Repository.texts(repository.invalid()))
        .contains(
            """
            backupsets/sources/www.yaml:4:10: Source 'base' is not abstract
            HINT: write 'abstract: true' in backupsets/sources/base.yaml, or extend another document""");
  }

  @Test
  void theFingerprintFollowsEffectiveValuesAndNothingElse(@TempDir Path root) {
    var before = repository(root).loaded().declarations().fingerprint();
    repository(root)
        .with("backupsets/web.yaml", "# a comment\n" + Repository.SET + "description: x\n");
    assertThat(new Repository(root).loaded().declarations().fingerprint()).isEqualTo(before);
    repository(root).with("jobs/project.yaml", PROJECT.replace("7", "8"));
    assertThat(new Repository(root).loaded().declarations().fingerprint()).isNotEqualTo(before);
  }

  private static Repository repository(Path root) {
    return new Repository(root)
        .withSet()
        .with("jobs/project.yaml", PROJECT)
        .with("backupsets/sources/base.yaml", BASE)
        .with("backupsets/sources/www.yaml", SOURCE);
  }

  private static Source source(Repository repository) {
    return Optional.ofNullable(
            repository.loaded().declarations().sources().get(new SourceName("www")))
        .orElseThrow();
  }
}
