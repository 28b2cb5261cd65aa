package dev.holdfast.media.driver.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.MountedDisk;
import dev.holdfast.fixture.StoredImages;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.AppendResult.Failed;
import dev.holdfast.media.AppendResult.Written;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.FindResult;
import dev.holdfast.media.LabelTemplate;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.VolumeFinder;
import dev.holdfast.media.VolumeRequest;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Taperscan;
import dev.holdfast.model.declared.Threshold;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that fill up, turn read-only or go away, as real mounts. Needs root.
class DiskFaultTests {
  @TempDir Path root;
  private final StoredImages images = new StoredImages("Demo");
  private MountedDisk mount;

  @BeforeEach
  void mountDisk() {
    mount = MountedDisk.at(root.resolve("disk"), "4m");
  }

  @AfterEach
  void unmountDisk() {
    mount.close();
  }

  @Test
  void aFullFileSystemIsAFaultWithFiguresAndLeavesNoHalfFile() throws IOException {
    try (var writer = found(storage(0, Optional.empty()))) {
      assertThat(append(writer, "image-1", 2 << 20)).isInstanceOf(Written.class);

      assertThat(append(writer, "image-2", 3 << 20))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.exit()).isEqualTo(ExitCode.STORAGE);
                assertThat(failed.problem().text())
                    .contains("cannot take p0001 of image image-2 (3.03 MiB)")
                    .contains("of 4.00 MiB free, minFree is 0 B")
                    .contains("HINT: make room");
              });
      assertThat(volume()).isDirectoryNotContaining("glob:**image-2*");
      assertThat(volume()).isDirectoryNotContaining("glob:**.tmp");
      assertThat(append(writer, "image-3", 1000)).isInstanceOf(Written.class);
    }
  }

  @Test
  void aFileSystemThatFillsUpDuringTheCopyLeavesNoHalfFile() throws IOException {
    var part = images.fill(root.resolve("staged"), "image-1", 2 << 20);
    var target = mount.point().resolve("copy");
    mount.remount("size=1m");
    try (var channel = FileChannel.open(root.resolve("staged/p0001"))) {
      var header = StoredHeader.read(channel);
      assertThat(part.files()).isNotEmpty();

      assertThatThrownBy(() -> FileTransfer.copy(root.resolve("staged/p0001"), target, header))
          .isInstanceOfSatisfying(
              IOException.class, full -> assertThat(FileTransfer.isFull(full)).isTrue());
    }
  }

  @Test
  void freeSpaceThatIsToBeKeptIsKept() {
    try (var writer = found(storage(2 << 20, Optional.empty()))) {
      assertThat(append(writer, "image-1", 1 << 20)).isInstanceOf(Written.class);
      assertThat(append(writer, "image-2", 1 << 20))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> assertThat(failed.problem().text()).contains("minFree is 2.00 MiB"));
    }
    try (var writer = found(storage(0, Optional.of(new Threshold.Percent(50))))) {
      assertThat(append(writer, "image-3", 1 << 20)).isInstanceOf(Failed.class);
    }
  }

  @Test
  void belowItsMinimumOfFreeSpaceAStorageIsRefused() {
    found(storage(0, Optional.empty())).close();

    assertThat(storage(5 << 20, Optional.empty()).check(Set.of()))
        .isInstanceOfSatisfying(
            CheckResult.Refused.class,
            refused ->
                assertThat(refused.problem().fact())
                    .startsWith("has less free space than is to be kept free"));
  }

  @Test
  void aCopyToAnotherFileSystemIsChecked() throws IOException {
    try (var writer = found(storage(0, Optional.empty()))) {
      var folder = root.resolve("staged/image-1");
      var manifest = images.fill(folder, "image-1", 100_000);
      flip(folder.resolve("p0001"), 60_000);

      var damaged = writer.append(MediaFile.part(manifest.image(), 1, folder.resolve("p0001")));

      assertThat(damaged)
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.exit()).isEqualTo(ExitCode.DAMAGED));
      assertThat(volume()).isDirectoryNotContaining("glob:**image-1*");
      assertThat(append(writer, "image-2", 100_000)).isInstanceOf(Written.class);
    }
    assertThat(volume().resolve("00001.image-2.p0001"))
        .hasSameBinaryContentAs(root.resolve("staged/image-2/p0001"));
  }

  @Test
  void aReadOnlyFileSystemIsRefused() {
    try (var writer = found(storage(0, Optional.empty()))) {
      append(writer, "image-1", 1000);
    }
    mount.remount("ro");

    var storage = storage(0, Optional.empty());

    assertThat(storage.check(Set.of()))
        .isInstanceOfSatisfying(
            CheckResult.Refused.class,
            refused -> assertThat(refused.problem().fact()).startsWith("is read-only"));
    assertThat(find(storage))
        .isInstanceOfSatisfying(
            FindResult.None.class, none -> assertThat(none.exit()).isEqualTo(ExitCode.STORAGE));
  }

  @Test
  void aFileSystemThatTurnsReadOnlyWhileItIsWrittenIsAFault() {
    var writer = found(storage(0, Optional.empty()));
    writer.close(); // an open lock file would keep the disk from being remounted
    mount.remount("ro");

    assertThat(append(writer, "image-1", 1000))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.exit()).isEqualTo(ExitCode.STORAGE);
              assertThat(failed.problem().fact()).contains("Read-only file system");
            });
  }

  @Test
  void nothingIsWrittenBelowTheBareMountPointOfADiskThatIsAway() throws IOException {
    var storage = storage(0, Optional.empty());
    found(storage).close();
    mount.pull();

    assertThat(storage.check(Set.of()))
        .isInstanceOfSatisfying(
            CheckResult.Unreachable.class,
            away ->
                assertThat(away.problem().text())
                    .isEqualTo(
                        """
                        storage 'Vault' at %s: is not on a mounted disk and requireMount is true; \
                        nothing was written to it
                        HINT: attach or mount it and run again; images wait in staging and can be \
                        restored from there"""
                            .formatted(mount.point())));
    assertThat(find(storage))
        .isInstanceOfSatisfying(
            FindResult.None.class, none -> assertThat(none.exit()).isEqualTo(ExitCode.TEMPFAIL));
    assertThat(mount.point()).isEmptyDirectory();
  }

  @Test
  void aDiskPulledWhileItIsWrittenEndsTheWriteAndTheBareMountPointStaysEmpty() throws IOException {
    try (var writer = found(storage(0, Optional.empty()))) {
      assertThat(append(writer, "image-1", 1000)).isInstanceOf(Written.class);
      mount.pull();

      assertThat(append(writer, "image-2", 1000))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.exit()).isEqualTo(ExitCode.TEMPFAIL));
      assertThat(writer.writeToc(new RunId("run1"))).isInstanceOf(Failed.class);
    }
    assertThat(mount.point()).isEmptyDirectory();
  }

  @Test
  void anotherDiskInThePlaceOfTheOneThatWasOpenedIsNotWritten() throws IOException {
    try (var writer = found(storage(0, Optional.empty()))) {
      mount.pull();
      mount = MountedDisk.at(root.resolve("disk"), "4m");

      assertThat(append(writer, "image-1", 1000))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.exit()).isEqualTo(ExitCode.TEMPFAIL));
    }
    assertThat(mount.point()).isEmptyDirectory();
  }

  private AppendResult append(VolumeWriter writer, String id, int bytes) {
    var folder = root.resolve("staged").resolve(id);
    Manifest manifest = images.fill(folder, id, bytes);
    return writer.append(MediaFile.part(manifest.image(), 1, folder.resolve("p0001")));
  }

  private DiskStorage storage(long minFree, Optional<Threshold> maxUsed) {
    var disk =
        new Disk(
            mount.point(),
            Optional.empty(),
            true,
            new Threshold.Bytes(new ByteSize(minFree)),
            maxUsed,
            0,
            Optional.empty(),
            true);
    return new DiskStorage("Vault", disk, false);
  }

  private static FindResult find(DiskStorage storage) {
    return new VolumeFinder(storage, Clock.systemUTC(), UUID::randomUUID)
        .find(
            new VolumeRequest(
                new SetName("Demo"),
                "Vault",
                Taperscan.TRADITIONAL,
                new LabelTemplate("${set}-${n:3}"),
                Map.of(),
                Set.of(),
                Set.of(),
                1000));
  }

  private static VolumeWriter found(DiskStorage storage) {
    return switch (find(storage)) {
      case FindResult.Found(var writer, _, _) -> writer;
      case FindResult.None(var problem, _) -> throw new AssertionError(problem.text());
    };
  }

  private Path volume() {
    return mount.point().resolve("Demo-001");
  }

  private static void flip(Path file, int at) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
