package dev.holdfast.media.driver.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.Trees;
import dev.holdfast.media.Shelf;
import dev.holdfast.media.ShelfContract;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Threshold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records as files, beside what the contract asks of every kind.
class DiskShelfTests extends ShelfContract {
  @TempDir Path root;

  @BeforeEach
  void mounted() throws IOException {
    Files.createDirectory(vault());
  }

  @Override
  protected Shelf shelf() {
    return storage(Optional.empty()).shelf();
  }

  @Test
  void recordsAreNoVolumesAndStandBelowADotFolder() throws IOException {
    shelf().put(LEASE, text("one"));

    assertThat(vault().resolve(".holdfast/Demo/lease")).hasContent("one");
    assertThat(storage(Optional.empty()).scan()).isEmpty();
  }

  @Test
  void whatIsNotThereIsReadAsNeverUsedAndNeverMade() throws IOException {
    var held = shelf().put(LEASE, text("one"));
    Trees.output("mv", vault().toString(), root.resolve("away").toString());

    assertThat(shelf().read(LEASE)).isEmpty();
    assertThatThrownBy(() -> shelf().replace(held, text("two")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not there");
    assertThatThrownBy(() -> shelf().create(LEASE, text("two"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> shelf().put(LEASE, text("two"))).isInstanceOf(IOException.class);
    assertThat(vault()).doesNotExist();
  }

  @Test
  void aDiskThatIsAwayIsNeitherReadAsEmptyNorWritten() throws IOException {
    var away = storage(Optional.of("the-blue-disk")).shelf();

    assertThatThrownBy(() -> away.read(LEASE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no file .holdfast-identity");
    assertThatThrownBy(() -> away.put(LEASE, text("one"))).isInstanceOf(IOException.class);
    assertThat(vault()).isEmptyDirectory();
  }

  @Test
  void aFullDiskStillTakesARecord() throws IOException {
    var full = new DiskStorage("Vault", disk(Optional.empty(), new Threshold.Percent(100)), false);

    full.shelf().put(LEASE, text("one"));

    assertThat(read()).isEqualTo("one");
  }

  @Test
  void whatAKilledWriterLeftIsRemovedAfterAnHour() throws IOException {
    shelf().put(LEASE, text("one"));
    var folder = vault().resolve(".holdfast/Demo");
    var old = Files.writeString(folder.resolve(".lease.killed.tmp"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    var young = Files.writeString(folder.resolve(".lease.writing.tmp"), "half");

    shelf().put(LEASE, text("two"));

    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(read()).isEqualTo("two");
  }

  private DiskStorage storage(Optional<String> identity) {
    return new DiskStorage("Vault", disk(identity, new Threshold.Percent(0)), false);
  }

  private Disk disk(Optional<String> identity, Threshold minFree) {
    return new Disk(vault(), identity, false, minFree, Optional.empty(), 0, Optional.empty(), true);
  }

  private Path vault() {
    return root.resolve("vault");
  }
}
