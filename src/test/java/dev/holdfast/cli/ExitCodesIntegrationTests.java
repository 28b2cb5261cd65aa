package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.fixture.HoldfastProcess;
import dev.holdfast.fixture.MountedDisk;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.io.OsLock;
import dev.holdfast.model.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every exit code that this release can end with, from a process that ended with it.
class ExitCodesIntegrationTests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path root;
  Path data;
  Repository repository;
  HoldfastProcess holdfast;

  @BeforeEach
  void configured() {
    data = Trees.fill(root.resolve("data"), 3, 1000, 1);
    repository = Repository.in(root).source("Web", data).set(List.of("Web"), "");
    holdfast = new HoldfastProcess(repository.folder(), root.resolve("state"));
  }

  @Test
  void everyCodeIsInTheTableForPeople() throws IOException {
    var home = Path.of(System.getProperty("holdfast.home", "."));
    var page = Files.readString(home.resolve("src/docs/exit-codes.md"));

    assertThat(page.lines().filter(line -> line.matches("\\| \\d+ \\|.*")))
        .map(line -> line.replaceFirst("\\| (\\d+) \\| (\\w+) \\|.*", "$1 $2"))
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values()).map(exit -> exit.code() + " " + exit).toList());
  }

  @Test
  void okWhenEverythingIsDone() {
    ended(0, "run", "Demo");
  }

  @Test
  void internalWhenTheResultCannotBePrinted() {
    holdfast.run("run", "Demo", "-q").expect(0);

    var full = holdfast.through("sh", "-c", "exec \"$@\" >/dev/full", "sh");

    assertThat(full.run("list", "images").expect(1).err())
        .isEqualTo("standard output could not be written: No space left on device\n");
  }

  @Test
  void usageWhenArgumentsAreWrong() {
    ended(2, "restore", "Demo");
  }

  @Test
  void partialWhenOneSourceOfTwoFails() {
    repository.source("Gone", root.resolve("gone")).set(List.of("Web", "Gone"), "");

    assertThat(ended(3, "run", "Demo").out()).contains("gone does not exist");
  }

  @Test
  void notFoundWhenNothingHasThatName() {
    ended(4, "run", "Dmeo");
  }

  @Test
  void configWhenTheYamlIsWrong() {
    repository.file("schedules/odd.yaml", "kind: Schedule\nname: Odd\nevry: 1d\n");

    assertThat(holdfast.run("validate").expect(10).out()).contains("odd.yaml:4:1: 'evry'");
    ended(10, "run", "Demo");
  }

  @Test
  void lockedWhileAnotherRunHoldsTheSet() throws IOException {
    holdfast.run("run", "Demo", "-q").expect(0);
    var lock = root.resolve("state/sets/Demo/run.lock");
    try (var held = OsLock.tryAcquire(lock, "a test").orElseThrow()) {
      ended(20, "run", "Demo");
      ended(20, "flush", "Demo");
      ended(20, "catalog", "rebuild", "Demo");
      assertThat(held).isNotNull();
    }
    ended(0, "run", "Demo");
  }

  @Test
  void failedWhenNoSourceSucceeds() {
    repository.source("Web", root.resolve("gone"));

    ended(30, "run", "Demo");
  }

  @Test
  void storageWhenItCannotBeWritten() {
    try (var disk = MountedDisk.at(root.resolve("vault"), "3m")) {
      disk.remount("ro");
      ended(31, "run", "Demo");
      disk.remount("rw");
      ended(0, "flush", "Demo");
    }
  }

  @Test
  void damagedWhenStoredBytesAreNotWhatWasWritten() throws IOException {
    holdfast.run("run", "Demo", "-q").expect(0);
    flip(part(), 32_768 + 20);

    ended(40, "verify", "Demo");
    ended(40, "restore", "Demo", "--to", root.resolve("back").toString());
  }

  @Test
  void unhealthyWhenThereIsNoBackup() {
    holdfast.run("status", "--check").expect(42);
  }

  @Test
  void restoreIncompleteWhenAFileCannotBeMade() throws IOException {
    holdfast.run("run", "Demo", "-q").expect(0);
    var back = root.resolve("back");
    var obstacle = back.resolve(data.toString().substring(1)).resolve("file1.bin/in/the/way");
    Files.createDirectories(obstacle);

    var said = ended(50, "restore", "Demo", "--to", back.toString(), "--into-existing");

    assertThat(said.out()).contains("RESTORE_INCOMPLETE").contains("file1.bin");
  }

  @Test
  void tempFailWhenTheStorageIsAwayAndItContinues() throws IOException {
    holdfast.run("run", "Demo", "-q").expect(0);
    Files.move(repository.storage(), root.resolve("pulled"));

    ended(75, "run", "Demo");
    assertThat(holdfast.run("status").expect(0).out()).contains("not yet on media");

    Files.move(root.resolve("pulled"), repository.storage());
    ended(0, "run", "Demo");
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void interruptedOrTerminatedWhenASignalEndsARun(String signal, int exit) throws IOException {
    Trees.output("sh", "-c", "head -c 60000000 /dev/urandom >\"$1\"", "sh", data + "/large");
    repository.source("Web", data, "compress: { level: best }");
    var running = holdfast.start(Map.of(), "run", "Demo");
    await()
        .atMost(PATIENCE)
        .until(() -> Files.readString(running.err()).contains("dump Web level"));

    Trees.output("kill", "-" + signal, Long.toString(running.process().pid()));

    sane(running.await().expect(exit));
  }

  /// Whatever has happened to the catalog's files, the answer is the way out.
  @ParameterizedTest
  @ValueSource(strings = {"catalog.script", "catalog.data", "catalog.properties"})
  void aDamagedCatalogIsNamedWithTheCommandThatMakesItAnew(String file) throws IOException {
    holdfast.run("run", "Demo", "-q").expect(0);
    var damaged = root.resolve("state/sets/Demo/catalog/" + file);

    for (var command : new String[] {"list images", "run Demo"}) {
      Files.write(damaged, new byte[0]); // each time: a vain try may write some of them anew
      assertThat(ended(40, command.split(" ")).err())
          .contains("cannot be opened")
          .contains("HINT: the images on media are not touched;")
          .contains("'holdfast catalog rebuild Demo'");
    }
    ended(0, "catalog", "rebuild", "Demo");
    assertThat(ended(0, "list", "images").out()).contains("Demo/Web");
  }

  private HoldfastProcess.Result ended(int exit, String... words) {
    var result = holdfast.run(words).expect(exit);
    if (exit != 0) {
      assertThat(result.err() + result.out())
          .as("the next step to take, or what is lost")
          .containsPattern("HINT: |LOST: ");
    }
    return sane(result);
  }

  /// No stack trace and no words of a library.
  private static HoldfastProcess.Result sane(HoldfastProcess.Result result) {
    assertThat(result.err() + result.out())
        .doesNotContain("\tat ")
        .doesNotContain("Exception")
        .doesNotContain("internal error")
        .doesNotContain("springframework")
        .doesNotContain("hsqldb");
    return result;
  }

  private Path part() throws IOException {
    try (var files = Files.walk(repository.storage())) {
      return files.filter(file -> file.toString().endsWith(".p0001")).findFirst().orElseThrow();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 1);
    }
  }
}
