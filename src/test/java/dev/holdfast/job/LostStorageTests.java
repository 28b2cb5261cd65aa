package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.LocalSet;
import dev.holdfast.fixture.Repository;
import dev.holdfast.fixture.Trees;
import dev.holdfast.model.ExitCode;
import dev.holdfast.plan.LevelWish;
import dev.holdfast.report.Row;
import dev.holdfast.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Machines that know nothing of a set whose own storage was lost while its copies are there.
class LostStorageTests {
  @TempDir Path root;
  private Repository repository;
  private Path tree;
  private int machines;

  @BeforeEach
  void twoNightsOnTwoMachines() throws IOException {
    tree = Trees.fill(root.resolve("tree"), 12, 90_000, 1);
    repository = Repository.in(root).source("Tree", tree).furtherDisk("Second");
    repository.set(List.of("Tree"), "copies: [ { to: Second } ]");
    assertThat(night(machine()).exit()).isEqualTo(ExitCode.OK);
  }

  @Test
  void whatCopiesHoldIsListedAndRestoredAndARunWritesNothing() throws IOException {
    night(machine());
    var images = ids(refilled(machine()));
    wipe();

    var reader = machine();
    assertThat(reader.refilled())
        .anyMatch(note -> note.contains("catalog refilled from the snapshot of run "))
        .anyMatch(note -> note.contains(" on storage 'Second'"))
        .anyMatch(note -> note.contains("storage 'Vault' holds nothing of set Demo"));
    assertThat(ids(reader)).isEqualTo(images).hasSize(2);
    assertRestored(reader, "from-second");

    var run = night(machine());

    assertThat(run.exit()).isEqualTo(ExitCode.TEMPFAIL);
    assertThat(run.problems())
        .anyMatch(problem -> problem.fact().contains("has none of the 1 volumes known to be there"))
        .anyMatch(problem -> problem.hint().contains("'holdfast catalog rebuild SET'"));
    assertThat(volumes()).isZero();
  }

  @Test
  void whenAPersonSaysThatItIsLostTheSetGoesOnFromItsCopies() throws IOException {
    var images = ids(refilled(machine()));
    wipe();
    var heir = machine();

    heir.rebuild();

    assertThat(heir.images()).extracting(Row.ImageRow::state).containsExactly("COPIED");
    assertThat(night(heir).exit()).isEqualTo(ExitCode.OK);
    assertThat(heir.check().differences()).isEmpty();
    assertThat(heir.verify().exit()).isEqualTo(ExitCode.OK);
    var next = machine();
    assertThat(next.refilled()).noneMatch(note -> note.contains("Second"));
    assertThat(night(next).exit()).isEqualTo(ExitCode.OK);
    assertThat(ids(next)).hasSize(3).endsWith(images.getLast());
    assertThat(next.check().differences()).isEmpty();
    assertRestored(next, "from-both");
  }

  /// A path that is not there may be a disk that is not mounted: nobody says that it was lost.
  @Test
  void aStorageThatDoesNotAnswerIsNotTakenForLost() throws IOException {
    Files.move(repository.storage(), root.resolve("away"));
    var machine = machine();

    assertThat(machine.refilled())
        .anyMatch(note -> note.contains("its storage 'Vault' cannot be read"))
        .anyMatch(
            note -> note.contains("when it is lost for good, 'holdfast catalog rebuild Demo'"));

    Files.move(root.resolve("away"), repository.storage());
    assertThat(ids(refilled(machine))).hasSize(1);
  }

  @Test
  void theNewestSnapshotIsReadWhereverItIsAndADamagedOneMakesRoomForIt() throws IOException {
    var snapshot = repository.storage().resolve(".holdfast/Demo/catalog");
    var old = Files.readAllBytes(snapshot);
    night(machine());
    var images = ids(refilled(machine()));

    Files.write(snapshot, old);
    var stale = machine();
    assertThat(stale.refilled())
        .anyMatch(note -> note.contains(" on storage 'Second'"))
        .noneMatch(note -> note.contains("did not know"));
    assertThat(ids(stale)).isEqualTo(images);

    Files.writeString(snapshot, "HOLDFAST/1 CATALOG\nnonsense\n\n");
    assertThat(machine().refilled())
        .anyMatch(
            note -> note.contains("cannot be used, another one is, or media are read instead"))
        .anyMatch(note -> note.contains(" on storage 'Second'"));
  }

  @Test
  void aStorageOfCopiesThatIsAwayKeepsNobodyFromTheSnapshotOfTheOwnOne() throws IOException {
    Files.move(root.resolve("Second"), root.resolve("away"));
    Files.writeString(root.resolve("Second"), "no folder");

    var machine = machine();

    assertThat(machine.refilled()).anyMatch(note -> note.contains("storage 'Second' cannot say"));
    assertThat(ids(machine)).hasSize(1);
  }

  /// With an empty state directory and an empty staging.
  private LocalSet machine() {
    machines++;
    Trees.output("rm", "-rf", repository.staging().toString());
    return new LocalSet(repository.folder(), root.resolve("state" + machines), "Demo");
  }

  private static LocalSet refilled(LocalSet machine) {
    machine.refilled();
    return machine;
  }

  private RunReport night(LocalSet machine) throws IOException {
    Files.writeString(tree.resolve("on" + machines), "machine " + machines);
    return machine.run(new LevelWish.Auto());
  }

  private static List<String> ids(LocalSet machine) {
    return machine.images().stream().map(row -> row.image().value()).toList();
  }

  private void wipe() {
    Trees.output("find", repository.storage().toString(), "-mindepth", "1", "-delete");
  }

  private long volumes() throws IOException {
    try (var folders = Files.list(repository.storage())) {
      return folders.filter(folder -> folder.getFileName().toString().startsWith("Demo")).count();
    }
  }

  private void assertRestored(LocalSet machine, String name) {
    var back = root.resolve(name);
    assertThat(machine.restore(machine.images().getFirst(), back).exit()).isEqualTo(ExitCode.OK);
    assertThat(Trees.differences(tree, back.resolve(tree.toString().substring(1)))).isEmpty();
  }
}
