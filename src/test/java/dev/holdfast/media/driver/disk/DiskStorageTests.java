package dev.holdfast.media.driver.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.media.AppendResult.Failed;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.FindResult;
import dev.holdfast.media.MediaContract;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.MediaStorage;
import dev.holdfast.media.OpenResult;
import dev.holdfast.media.Sighting;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.WriteClaim;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.declared.Disk;
import dev.holdfast.model.declared.Threshold;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Volumes as directories, beside what the contract asks of every kind.
class DiskStorageTests extends MediaContract {

  @Override
  protected MediaStorage storage(Optional<ByteSize> volumeSize, int volumes, boolean label) {
    return new DiskStorage("Vault", disk(volumeSize, volumes, label), false);
  }

  @Override
  protected void flip(StoredFile file, long at) throws IOException {
    var path = path(file);
    var bytes = Files.readAllBytes(path);
    bytes[(int) at] ^= 4;
    Files.delete(path);
    Files.write(path, bytes);
  }

  @Override
  protected FileChannel raw(StoredFile file) throws IOException {
    return FileChannel.open(path(file), StandardOpenOption.READ);
  }

  @Test
  void onTheFileSystemOfStagingAPartIsNotCopied() throws IOException {
    try (var writer = found(storage(), 1000)) {
      store(writer, "image-1", 500);
    }

    var stored = vault().resolve("Demo-001/00001.image-1.p0001");
    assertThat(Files.isSameFile(stored, root.resolve("staged/image-1/p0001"))).isTrue();
    assertThat(vault().resolve("Demo-001")).isDirectoryNotContaining("glob:**/.[0-9]*");
  }

  @Test
  void aManifestIsCopiedBecauseItsStagedFileIsWrittenAnew() throws IOException {
    try (var writer = found(storage(), 1000)) {
      store(writer, "image-1", 500);
    }

    var stored = vault().resolve("Demo-001/00003.image-1.manifest");
    assertThat(Files.isSameFile(stored, root.resolve("staged/image-1/manifest.placed"))).isFalse();
  }

  @Test
  void foreignDirectoriesAreSeenAndLeftAlone() throws IOException {
    Files.createDirectories(vault().resolve("Demo-001"));
    Files.writeString(vault().resolve("Demo-001/data.bin"), "not ours");
    Files.createDirectory(vault().resolve("empty"));
    Files.createDirectory(vault().resolve("lost+found"));
    Files.createSymbolicLink(vault().resolve("link"), root);
    Files.writeString(vault().resolve("README"), "of the administrator");

    assertThat(storage().scan())
        .containsExactly(
            new Sighting.Foreign("Demo-001", "a directory without 00000.label"),
            new Sighting.Foreign("empty", "a directory without 00000.label"),
            new Sighting.Foreign("link", "not a directory of its own"));
    try (var writer = found(storage(), 1000)) {
      assertThat(writer.label().name()).isEqualTo(SECOND);
    }
    assertThat(vault().resolve("Demo-001")).isDirectoryContaining("glob:**/data.bin");
    assertThat(vault().resolve("empty")).isEmptyDirectory();
  }

  @Test
  void aCopyOfAVolumeUnderAnotherNameIsForeign() throws IOException {
    found(storage(), 1000).close();
    Files.createDirectory(vault().resolve("Copy"));
    Files.copy(vault().resolve("Demo-001/00000.label"), vault().resolve("Copy/00000.label"));

    assertThat(storage().scan().getFirst())
        .isEqualTo(new Sighting.Foreign("Copy", "volume Demo-001 under another name"));
  }

  @Test
  void aPlainFileInThePlaceOfAVolumeIsPassedOver() throws IOException {
    Files.createDirectories(vault());
    Files.writeString(vault().resolve("Demo-001"), "not ours");

    try (var writer = found(storage(), 1000)) {
      assertThat(writer.label().name()).isEqualTo(SECOND);
    }
    assertThat(vault().resolve("Demo-001")).hasContent("not ours");
  }

  @Test
  void whatACrashLeftHalfIsClearedAway() throws IOException {
    try (var writer = found(storage(), 1000)) {
      store(writer, "image-1", 500);
    }
    Files.createDirectories(vault().resolve(".Demo-002.Demo.new"));
    Files.createDirectories(vault().resolve(".Shop-001.Shop.new"));
    Files.writeString(vault().resolve("Demo-001/.00004.tmp"), "half");

    storage().reader().removeDebris(debris(Set.of()));

    assertThat(vault().resolve("Demo-001/.00004.tmp")).doesNotExist();
    assertThat(vault().resolve(".Demo-002.Demo.new")).doesNotExist();
    assertThat(vault().resolve(".Shop-001.Shop.new")).exists();
  }

  @Test
  void anArchivedStorageIsReadAndNeverWritten() {
    var first = found(storage(), 1000);
    first.close();
    var archived = new DiskStorage("Vault", disk(Optional.empty(), 0, true), true);

    assertThat(archived.open(new WriteClaim(DEMO, "Vault", first.label(), Set.of())))
        .isInstanceOf(OpenResult.Refused.class);
    assertThat(find(archived, request(1000))).isInstanceOf(FindResult.None.class);
    assertThat(archived.check(Set.of())).isEqualTo(new CheckResult.Usable());
  }

  @Test
  void aStorageWhoseKnownVolumesAllVanishedIsAnotherDisk() throws IOException {
    found(storage(), 1000).close();
    Files.move(vault(), root.resolve("away"));
    assertThat(storage().check(Set.of(FIRST)))
        .isInstanceOfSatisfying(
            CheckResult.Unreachable.class,
            away -> assertThat(away.problem().fact()).startsWith("is not there"));
    Files.createDirectories(vault());

    assertThat(storage().check(Set.of(FIRST)))
        .isInstanceOfSatisfying(
            CheckResult.Unreachable.class,
            away ->
                assertThat(away.problem().fact())
                    .startsWith("has none of the 1 volumes known to be there"));
    assertThat(storage().check(Set.of())).isEqualTo(new CheckResult.Usable());
  }

  @Test
  void aDeclaredIdentityMustBeThereAndRight() throws IOException {
    var disk =
        new Disk(
            vault(),
            Optional.of("vault-one"),
            false,
            new Threshold.Percent(0),
            Optional.empty(),
            0,
            Optional.empty(),
            true);
    var storage = new DiskStorage("Vault", disk, false);

    assertThat(storage.check(Set.of())).isInstanceOf(CheckResult.Unreachable.class);
    assertThat(vault()).doesNotExist();
    Files.createDirectories(vault());
    assertThat(storage.check(Set.of())).isInstanceOf(CheckResult.Unreachable.class);
    assertThat(find(storage, request(1000)))
        .isInstanceOfSatisfying(
            FindResult.None.class, none -> assertThat(none.exit()).isEqualTo(ExitCode.TEMPFAIL));
    assertThat(vault()).isEmptyDirectory();
    Files.writeString(vault().resolve(".holdfast-identity"), "vault-two\n");
    assertThat(storage.check(Set.of()))
        .isInstanceOfSatisfying(
            CheckResult.Unreachable.class,
            away ->
                assertThat(away.problem().text()).contains("'vault-two', declared is 'vault-one'"));
    Files.writeString(vault().resolve(".holdfast-identity"), "vault-one\n");
    assertThat(storage.check(Set.of())).isEqualTo(new CheckResult.Usable());
  }

  @Test
  void aStagedFileThatIsGoneIsAFaultAndTheVolumeStaysWhole() throws IOException {
    try (var writer = found(storage(), 1000)) {
      var manifest = images.fill(root.resolve("staged/image-1"), "image-1", 10);
      assertThat(writer.append(MediaFile.part(manifest.image(), 1, root.resolve("absent"))))
          .isInstanceOf(Failed.class);
      store(writer, "image-2", 10);
    }
    assertThat(storage().reader().files(FIRST)).hasSize(4);
  }

  private Path vault() {
    return root.resolve("vault");
  }

  private Path path(StoredFile file) {
    return DiskLayout.path(vault().resolve(file.volume().value()), file);
  }

  private Disk disk(Optional<ByteSize> volumeSize, int volumes, boolean label) {
    return new Disk(
        vault(),
        Optional.empty(),
        false,
        new Threshold.Percent(0),
        Optional.empty(),
        volumes,
        volumeSize,
        label);
  }
}
