package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.NastyTree;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person with the volumes, the recipe in a header and standard programs has everything back.
class RecipeIntegrationTests {
  /// As the documentation says it (src/docs/format.md).
  private static final String RECIPE_OF =
      "head -c 32768 \"$1\" | sed -n '/^# Restore this image/,/^\\f/{/^\\f/!p}'";

  @TempDir Path root;
  Path vault;
  NastyTree tree;

  @BeforeEach
  void aFullAndAnIncrementalOnSeveralVolumes() {
    var repository = Repository.in(root).volumesOf("2500KiB");
    repository.source("Tree", root.resolve("tree")).set(List.of("Tree"), "");
    vault = repository.storage();
    tree = NastyTree.in(root.resolve("tree"), 50);
    var holdfast = new HoldfastProcess(repository.folder(), root.resolve("state"));
    fillOneFile();
    holdfast.run("run", "Demo", "-q", "--level", "0").expect(0);
    tree.mutate(1);
    fillOneFile();
    holdfast.run("run", "Demo", "-q", "--level", "1").expect(0);
    Trees.output("rm", "-rf", root.resolve("state").toString(), root.resolve("scratch").toString());
  }

  @AfterEach
  void removeWhatIsTooDeepForAbsolutePaths() {
    for (var folder : List.of("tree", "back", "programs")) {
      Trees.output("rm", "-rf", root.resolve(folder).toString());
    }
  }

  /// One thing tar does not do where a directory is there already: take an attribute away.
  @Test
  void theRecipesOfAChainBringTheTreeBackWithoutHoldfast() throws IOException {
    assertThat(volumes()).hasSizeGreaterThan(2);

    for (var part : firstParts()) {
      restore(part);
    }

    var back = root.resolve("back").resolve(tree.folder().toString().substring(1));
    assertThat(NastyTree.differences(tree.folder(), back))
        .containsExactlyInAnyOrder(
            "rsync: .d........x attributes/xattr-dir/",
            "getfattr: +# file: attributes/xattr-dir: user.dir=\"d\"");
  }

  @Test
  void theRecipeStopsAtADamagedPartAndNamesIt() throws IOException {
    var damaged = parts("p0002").getFirst();
    try (var file = new RandomAccessFile(damaged.toFile(), "rw")) {
      file.seek(40_000);
      int old = file.read();
      file.seek(40_000);
      file.write(old ^ 4);
    }

    assertThatThrownBy(() -> restore(firstParts().getFirst()))
        .hasMessageContaining("DAMAGED: " + vault.relativize(damaged));
    assertThat(root.resolve("back")).isEmptyDirectory();
  }

  private void fillOneFile() {
    Trees.output(
        "sh", "-c", "head -c 2600000 /dev/urandom > \"$1\"", "sh", tree.folder() + "/random");
  }

  private void restore(Path part) throws IOException {
    var recipe =
        Files.writeString(
            root.resolve("recipe"), Trees.output("sh", "-c", RECIPE_OF, "sh", part.toString()));
    Trees.output(
        "sh",
        "-c",
        "cd \"$1\"; PATH=$2 exec /bin/sh \"$3\" \"$4\"",
        "sh",
        vault.toString(),
        theNamedPrograms().toString(),
        recipe.toString(),
        Files.createDirectories(root.resolve("back")).toString());
  }

  private Path theNamedPrograms() throws IOException {
    var folder = Files.createDirectories(root.resolve("programs"));
    for (var name : List.of("dd", "head", "tail", "sha256sum", "zstd", "tar")) {
      var program = Path.of(Trees.output("sh", "-c", "command -v " + name).strip());
      if (!Files.exists(folder.resolve(name))) {
        Files.createSymbolicLink(folder.resolve(name), program);
      }
    }
    return folder;
  }

  /// The oldest image first, as its id begins with the time.
  private List<Path> firstParts() throws IOException {
    return parts("p0001");
  }

  private List<Path> parts(String end) throws IOException {
    try (var files = Files.walk(vault, 2)) {
      return files
          .filter(file -> file.toString().endsWith("." + end))
          .sorted(java.util.Comparator.comparing(RecipeIntegrationTests::image))
          .toList();
    }
  }

  private static String image(Path part) {
    return part.getFileName().toString().substring("00001.".length());
  }

  private List<Path> volumes() throws IOException {
    try (var entries = Files.list(vault)) {
      return entries
          .filter(Files::isDirectory)
          .filter(entry -> !entry.endsWith(".holdfast"))
          .toList();
    }
  }
}
