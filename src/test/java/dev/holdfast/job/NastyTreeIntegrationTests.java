package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.MountedDisk;
import dev.holdfast.fixture.NastyTree;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What was backed up comes back as it was at each time: everything that a file system can hold,
/// through a full and three incrementals with changes in between, compared by other programs. On a
/// file system in memory, where making and removing this many files is quick.
class NastyTreeIntegrationTests {
  private static final int MANY = 100_000;
  private static final int FEW = 150;

  @TempDir Path temp;
  MountedDisk disk;
  Path root;
  Repository repository;
  HoldfastProcess holdfast;
  Path folder;
  final List<String> images = new ArrayList<>();

  @BeforeEach
  void mounted() {
    disk = MountedDisk.at(temp.resolve("disk"), "4g,nr_inodes=2m");
    root = disk.point();
    folder = root.resolve("tree");
    repository = Repository.in(root);
    holdfast = new HoldfastProcess(repository.folder(), root.resolve("state"));
  }

  @AfterEach
  void gone() {
    disk.close();
  }

  @Test
  void aHundredThousandFilesComeBackAfterEachOfFourBackups() {
    configured("compress: { level: fast }", "auto");
    var tree = NastyTree.in(folder, MANY);
    backUp("0");
    var full = copy("full");
    for (int round = 1; round <= 3; round++) {
      tree.mutate(round);
      backUp("1");
      assertThat(restored(images.getLast(), folder)).as("after round %s", round).isEmpty();
    }

    assertThat(restored(images.getFirst(), full)).as("the full").isEmpty();
  }

  static Stream<Arguments> everyChainGivesEachPointInTime() {
    return Stream.of(
        argumentSet(
            "each on the one before, staged and compressed hard",
            List.of("1", "2", "3"),
            "compress: { level: best }",
            "auto"),
        argumentSet(
            "back to lower levels, past staging and uncompressed",
            List.of("1", "2", "1"),
            "compress: { where: none }",
            "never"));
  }

  /// Each image has several parts, and more of them than one volume takes.
  @ParameterizedTest
  @MethodSource
  void everyChainGivesEachPointInTime(List<String> levels, String compress, String staging) {
    repository.volumesOf("2500KiB");
    configured(compress, staging);
    var tree = NastyTree.in(folder, FEW);
    var copies = new ArrayList<Path>();
    for (int round = 0; round <= levels.size(); round++) {
      if (round > 0) {
        tree.mutate(round);
      }
      fillOneFile();
      backUp(round == 0 ? "0" : levels.get(round - 1));
      copies.add(copy("copy" + round));
    }

    for (int round = 0; round <= levels.size(); round++) {
      assertThat(restored(images.get(round), copies.get(round))).as("point %s", round).isEmpty();
    }
    assertThat(holdfast.run("list", "volumes", "-o", "jsonl").expect(0).out().lines())
        .hasSizeGreaterThan(levels.size() + 1);
    holdfast.run("verify", "Demo").expect(0);
    holdfast.run("catalog", "check", "Demo").expect(0);
  }

  private void configured(String compress, String staging) {
    repository.source("Tree", folder, compress);
    repository.file(
        "backupsets/demo.yaml",
        """
        kind: BackupSet
        name: Demo
        what: { sources: [Tree] }
        where: { storage: Vault }
        staging: { use: { ref: Scratch, mode: %s } }
        media: { cycleDays: 7, retentionDays: 90, partSize: 1MiB }
        """
            .formatted(staging));
  }

  private void fillOneFile() {
    Trees.output("sh", "-c", "head -c 2600000 /dev/urandom > \"$1\"", "sh", folder + "/random");
  }

  private void backUp(String level) {
    holdfast.run("run", "Demo", "-q", "--level", level).expect(0);
    var newest = holdfast.run("list", "images", "Demo", "-o", "jsonl").expect(0).out();
    images.add(newest.replaceFirst("(?s).*?\"image\":\"([^\"]+)\".*", "$1"));
  }

  private Path copy(String name) {
    var copy = root.resolve(name);
    Trees.output("cp", "-a", folder.toString(), copy.toString());
    return copy;
  }

  /// What differs between the tree and what is restored from the image.
  private List<String> restored(String image, Path expected) {
    var back = root.resolve("back");
    holdfast.run("restore", "Demo/Tree", "--image", image, "--to", back.toString()).expect(0);
    var differences = NastyTree.differences(expected, back.resolve(folder.toString().substring(1)));
    Trees.output("rm", "-rf", back.toString());
    return differences;
  }
}
