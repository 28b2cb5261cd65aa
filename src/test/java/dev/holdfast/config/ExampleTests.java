package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Trees;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Filesystem;
import dev.holdfast.model.declared.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped example is a valid repository that a run would not refuse.
class ExampleTests {
  private static final Path ROOT = Path.of("").toAbsolutePath();

  @Test
  void isValidWithoutWarnings() {
    assertThat(new Repository(ROOT).loaded().warnings()).isEmpty();
  }

  @Test
  void asksForNothingThatIsNotAvailable() {
    assertThat(sets().values())
        .hasSize(2)
        .allSatisfy(set -> assertThat(set.unavailable()).isEmpty());
  }

  @Test
  void backsUpTheFolderSrcToDiskBelowTheStateDirectory() {
    var set = set("HighRateServers");
    assertThat(set.sources().getFirst().spec())
        .isInstanceOfSatisfying(
            Filesystem.class, files -> assertThat(files.paths()).containsExactly(ROOT + "/src"));
    assertThat(set.storage().spec())
        .isInstanceOfSatisfying(
            Disk.class, disk -> assertThat(disk.path()).hasToString("/srv/state/storage/vault"));
    assertThat(set.staging().map(Staging::path))
        .contains(Path.of("/srv/state/staging/HighRateServers"));
  }

  @Test
  void everyObjectCanBeExplained() {
    var loaded = new Repository(ROOT).loaded();
    for (var name : loaded.effective().names()) {
      assertThat(Explainer.explain(loaded, name)).hasSize(1);
    }
  }

  @Test
  void everySourceHasThreeCopiesOneOfThemElsewhere() {
    var loaded = new Repository(ROOT).loaded();

    for (var source : List.of("ServerFiles", "DeskFiles")) {
      assertThat(Explainer.explain(loaded, "Source/" + source).getFirst().text())
          .contains("3 of 3: the original, VaultDisk, SecondDisk")
          .contains("1 of 1: SecondDisk");
    }
  }

  /// The bucket that is there to be switched on is what it says.
  @Test
  void theBucketCanBeSwitchedOn(@TempDir Path folder) throws IOException {
    Trees.output(
        "cp",
        "-r",
        ROOT + "/backupsets",
        ROOT + "/storage",
        ROOT + "/schedules",
        ROOT + "/jobs",
        folder.toString());
    for (var file :
        List.of(
            "storage/second-disk.yaml",
            "backupsets/high-rate-servers.yaml",
            "backupsets/slow-desktops.yaml")) {
      var text = Files.readString(folder.resolve(file));
      var bucket =
          text.replaceAll(
              "(?m)^( *)# (---|- \\{ to|(?:apiVersion|kind|name|type|site|s3):| +[a-zA-Z]+:)",
              "$1$2");
      Files.writeString(folder.resolve(file), bucket);
    }

    assertThat(new Repository(folder).loaded().declarations().set("SlowDesktops"))
        .hasValueSatisfying(
            set ->
                assertThat(set.copies())
                    .extracting(copy -> copy.storage().name())
                    .containsExactly("SecondDisk", "OffsiteS3"));
  }

  private static Map<SetName, BackupSet> sets() {
    return new Repository(ROOT).loaded().declarations().sets();
  }

  private static BackupSet set(String name) {
    return Optional.ofNullable(sets().get(new SetName(name))).orElseThrow();
  }
}
