package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Each command of these tests starts on a machine of its own: an empty state directory, an empty
/// staging, and the same storage, as a CI container does each night.
@Execution(ExecutionMode.CONCURRENT)
class EphemeralRunnerIntegrationTests {
  private static final int KILLED = 137;
  private static final Pattern IMAGE =
      Pattern.compile("\"image\":\"([^\"]+)\".*?\"level\":\"?(\\d)");

  @TempDir Path root;
  private Repository repository;
  private Path data;
  private int machines;

  @BeforeEach
  void declare() {
    data = Trees.fill(root.resolve("data"), 40, 60_000, 1);
    repository = Repository.in(root).volumesOf("2MiB");
    repository.source("Web", data).set(List.of("Web"), "");
  }

  @Test
  void fiveNightsOnFiveMachinesMakeOneChainAndEveryNightComesBackEqual() throws IOException {
    var nights = new ArrayList<Path>();
    for (int night = 1; night <= 5; night++) {
      Files.writeString(data.resolve("night" + night), "night " + night);
      Files.writeString(data.resolve("file1.bin"), "again " + night);
      Files.deleteIfExists(data.resolve("file" + (night + 1) + ".bin"));
      nights.add(copy("night" + night));
      var run = machine().run("run", "Demo", "--now", "2026-11-0" + night + "T22:00:00Z").expect(0);
      assertThat(run.err().contains("refilled from the snapshot of run ")).isEqualTo(night > 1);
    }

    var images = images(machine());
    assertThat(images).extracting(Image::level).last().isEqualTo(0);
    assertThat(images.subList(0, 4)).extracting(Image::level).allMatch(level -> level > 0);
    assertThat(machine().run("list", "runs", "Demo", "-o", "jsonl").expect(0).out().lines())
        .filteredOn(line -> line.contains("\"type\":\"row\""))
        .hasSize(5);
    var reader = machine();
    for (int night = 1; night <= 5; night++) {
      var back = root.resolve("back" + night);
      var image = images.get(5 - night).id();
      reader.run("restore", "Demo", "--image", image, "--to", back.toString()).expect(0);
      assertThat(differences(nights.get(night - 1), back)).as("night " + night).isEmpty();
    }
    reader.run("catalog", "check", "Demo").expect(0);
    machine().run("verify", "Demo").expect(0);
  }

  @Test
  void everyCommandThatLooksFindsWhatThereIs() {
    machine().run("run", "Demo").expect(0);

    assertThat(machine().run("list", "images").expect(0).out()).contains("Demo/Web");
    assertThat(machine().run("ls", "Demo/Web").expect(0).out()).contains("file1.bin");
    assertThat(machine().run("find", "file1.bin").expect(0).out()).contains("file1.bin");
    assertThat(machine().run("status").expect(0).out())
        .contains("stored")
        .doesNotContain("last run  never");
    assertThat(machine().run("plan", "Demo").expect(0).out()).contains("the last full is");
    assertThat(machine().run("why", "Demo/Web").expect(0).out()).contains("level 0");
    var ls = machine().run("ls", "Demo/Web", "-q").expect(0);
    assertThat(ls.err()).isEmpty();
  }

  @Test
  void aDamagedOrMissingSnapshotIsSaidAndMediaAreReadInstead() throws IOException {
    machine().run("run", "Demo").expect(0);
    Files.writeString(data.resolve("later"), "later");
    machine().run("run", "Demo").expect(0);
    var images = images(machine());
    var snapshot = repository.storage().resolve(".holdfast/Demo/catalog");
    var bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length - 9] ^= 1;
    Files.write(snapshot, bytes);

    var damaged = machine().run("list", "images", "Demo").expect(0);
    assertThat(damaged.err())
        .contains("cannot be used, media are read instead: its SHA-256 is not the one")
        .contains("catalog rebuilt from media");
    assertThat(images(machine())).isEqualTo(images);

    Files.delete(snapshot);
    assertThat(machine().run("list", "images", "Demo").expect(0).err())
        .contains("holds no catalog snapshot of set Demo");
    assertThat(images(machine())).isEqualTo(images);
    var run = machine().run("run", "Demo").expect(0);
    assertThat(run.err()).contains("catalog rebuilt from media").contains("level 1");
    assertThat(snapshot).exists();
  }

  @Test
  void whatMediaHoldBeyondTheSnapshotCountsAndWhatTheyLostDoesNot() throws IOException {
    machine().run("run", "Demo").expect(0);
    var first = images(machine()).getFirst();
    var snapshot = repository.storage().resolve(".holdfast/Demo/catalog");
    var old = Files.readAllBytes(snapshot);
    Files.writeString(data.resolve("later"), "later");
    machine().run("run", "Demo").expect(0);
    var images = images(machine());
    var young = Files.readAllBytes(snapshot);

    Files.write(snapshot, old);
    var list = machine().run("list", "images", "Demo").expect(0);
    assertThat(list.err()).contains("1 images found on media that the catalog did not know");
    assertThat(images(machine())).isEqualTo(images);

    Files.write(snapshot, young);
    Trees.output(
        "find",
        repository.storage().toString(),
        "-name",
        "*" + images.getFirst().id() + ".*",
        "-delete");
    assertThat(machine().run("list", "images", "Demo").expect(0).err())
        .contains("1 images forgotten that are on media no more");
    assertThat(images(machine())).containsExactly(first);
    assertThat(machine().run("run", "Demo").expect(0).err()).contains("level 1");
  }

  @Test
  void anOrderIsObeyedOnAnotherMachine() {
    machine().run("run", "Demo").expect(0);
    machine().run("plan", "force", "Demo/Web", "full").expect(0);

    machine().run("run", "Demo").expect(0);

    assertThat(images(machine())).extracting(Image::level).containsExactly(0, 0);
    machine().run("run", "Demo").expect(0);
    assertThat(images(machine())).extracting(Image::level).containsExactly(1, 0, 0);
  }

  @Test
  void whileTheStorageIsAwayNobodySaysThatThereAreNoImages() throws IOException {
    machine().run("run", "Demo").expect(0);
    var away = root.resolve("away");
    Files.move(repository.storage(), away);
    repository.disk("identity: the-blue-disk\nvtapes: { count: 50, size: 2MiB }");
    Files.createDirectory(repository.storage());

    var list = machine().run("list", "images", "Demo").expect(75);

    assertThat(list.err()).contains("knows nothing of it, and its storage 'Vault' cannot be read");
    assertThat(machine().run("list", "images").expect(75).err()).contains("cannot be read");
    assertThat(machine().run("find", "*").expect(75).err()).contains("cannot be read");
    assertThat(machine().run("status").expect(75).err()).contains("cannot be read");
    assertThat(repository.storage()).isEmptyDirectory();
  }

  @Test
  void aRefillThatWasKilledIsBegunAnew() {
    machine().run("run", "Demo").expect(0);
    var images = images(machine());
    var machine = machine();

    machine.crashAt("catalog-refilled", "list", "images", "Demo").expect(KILLED);
    assertThat(images(machine)).isEqualTo(images);

    var other = machine();
    other.crashAt("catalog-refilled", "run", "Demo").expect(KILLED);
    other.run("run", "Demo").expect(0);
    assertThat(images(machine())).extracting(Image::level).containsExactly(1, 0);
  }

  @Test
  void aRunThatDiedBeforeItsSnapshotIsKnownByWhatItStored() throws IOException {
    machine().run("run", "Demo").expect(0);
    Files.writeString(data.resolve("later"), "later");
    machine().crashAt("batch-finished", "run", "Demo").expect(KILLED);

    var run = machine().run("run", "Demo").expect(0);

    assertThat(run.err())
        .contains("is gone without giving back its lease; it is taken over")
        .contains("1 images found on media that the catalog did not know");
    assertThat(images(machine())).extracting(Image::level).containsExactly(1, 1, 0);
    assertThat(sequences()).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void anOldStateDirectoryLearnsWhatOthersWroteMeanwhile() throws IOException {
    var old = machine();
    old.run("run", "Demo").expect(0);
    Files.writeString(data.resolve("meanwhile"), "meanwhile");
    machine().run("run", "Demo").expect(0);
    Files.writeString(data.resolve("again"), "again");

    var run = old.run("run", "Demo").expect(0);

    assertThat(run.err())
        .contains(
            "another state directory was used since: 1 images found on media that the catalog did"
                + " not know");
    assertThat(images(old)).hasSize(3).isEqualTo(images(machine()));
    assertThat(sequences()).doesNotHaveDuplicates().hasSize(3);
    assertThat(old.run("run", "Demo").expect(0).err()).doesNotContain("another state directory");
  }

  /// With an empty state directory and an empty staging.
  private HoldfastProcess machine() {
    machines++;
    Trees.output("rm", "-rf", repository.staging().toString());
    return new HoldfastProcess(repository.folder(), root.resolve("state" + machines));
  }

  private Path copy(String name) {
    Trees.output("cp", "-a", data.toString(), root.resolve(name).toString());
    return root.resolve(name);
  }

  private String differences(Path expected, Path back) {
    return Trees.differences(expected, back.resolve(Path.of("/").relativize(data)));
  }

  /// Of all manifests on media, as their headers say.
  private List<String> sequences() {
    return Trees.output(
            "sh",
            "-c",
            "head -qc 4096 " + repository.storage() + "/*/*.manifest | grep -a ^Sequence:")
        .lines()
        .toList();
  }

  /// An image as lists show it.
  private record Image(String id, int level) {}

  /// Newest first.
  private static List<Image> images(HoldfastProcess holdfast) {
    return holdfast
        .run("list", "images", "Demo", "-o", "jsonl")
        .expect(0)
        .out()
        .lines()
        .map(IMAGE::matcher)
        .filter(java.util.regex.Matcher::find)
        .map(found -> new Image(found.group(1), Integer.parseInt(found.group(2))))
        .toList();
  }
}
