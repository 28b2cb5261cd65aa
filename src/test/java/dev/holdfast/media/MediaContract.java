package dev.holdfast.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.fixture.GrowingFile;
import dev.holdfast.fixture.StoredImages;
import dev.holdfast.image.FileKind;
import dev.holdfast.image.Header;
import dev.holdfast.image.ImageFolder;
import dev.holdfast.image.Manifest;
import dev.holdfast.image.ManifestCodec;
import dev.holdfast.image.MissingFileException;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.media.AppendResult.Failed;
import dev.holdfast.media.AppendResult.VolumeFull;
import dev.holdfast.media.AppendResult.Written;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Label;
import dev.holdfast.model.RunId;
import dev.holdfast.model.SetName;
import dev.holdfast.model.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every storage kind keeps. A kind is done when its subclass is green.
public abstract class MediaContract extends MediaFixture {

  @Test
  void aNewStorageIsUsableAndEmpty() throws IOException {
    assertThat(storage().check(Set.of())).isEqualTo(new CheckResult.Usable());
    assertThat(storage().scan()).isEmpty();
    assertThat(storage().space().used()).isZero();
  }

  @Test
  void whatWasWrittenIsReadBackByteForByte() throws IOException {
    Manifest manifest;
    try (var writer = found(storage(), 1000)) {
      manifest = store(writer, "image-1", 70_000, 10);
    }

    var parts = storage().reader().parts(manifest);

    for (var entry : manifest.files()) {
      try (var channel = parts.open(entry)) {
        assertThat(channel.size()).isEqualTo(Header.SIZE + entry.file().length());
        var bytes = ByteBuffer.allocate((int) channel.size());
        channel.read(bytes);
        var staged = root.resolve("staged/image-1").resolve(name(entry));
        assertThat(bytes.array()).isEqualTo(Files.readAllBytes(staged));
      }
    }
    assertThat(parts.place(manifest.files().getLast())).isEqualTo("volume Demo-001 file 3");
  }

  @Test
  void aPartThatWasSentWhileItWasFormedIsReadBackByteForByte() throws IOException {
    var storage = storage();
    assertThat(storage.sendsFrom()).isEqualTo(sendsFrom());
    if (storage.sendsFrom().isPresent()) {
      var folder = root.resolve("staged/image-1");
      var manifest = images.fill(folder, "image-1", 40 << 20);
      var whole = new ImageFolder(folder).part(1);
      var growing = new GrowingFile(whole, root.resolve("forming"));
      try (var writer = found(storage, 1000)) {
        long size = growing.grow(storage.sendsFrom().getAsLong());
        var part = FormingPart.of(manifest.image(), 1, growing.path(), new ByteSize(50 << 20));
        try (var sending = writer.begin(part).orElseThrow()) {
          assertThat(sending.send(size)).isEmpty();
          growing.finish();
          assertThat(sending.complete(growing.crc32c()))
              .isEqualTo(new Written(new VolumeFile(FIRST, 1)));
        }
      }
      try (var stored = raw(storage.reader().files(FIRST).getLast())) {
        assertThat(stored.size()).isEqualTo(Files.size(whole));
        assertThat(StoredHeader.fault(stored)).isEmpty();
      }
    }
  }

  @Test
  void filesAreNumberedInTheOrderTheyWereWritten() throws IOException {
    try (var writer = found(storage(), 1000)) {
      store(writer, "image-1", 10, 20);
      store(writer, "image-2", 30);
      writer.writeToc(RUN);
    }

    assertThat(storage().reader().files(FIRST))
        .extracting(StoredFile::number, StoredFile::kind, StoredFile::part)
        .containsExactly(
            tuple(0, FileKind.LABEL, 1),
            tuple(1, FileKind.PART, 1),
            tuple(2, FileKind.PART, 2),
            tuple(3, FileKind.INDEX, 1),
            tuple(4, FileKind.MANIFEST, 1),
            tuple(5, FileKind.PART, 1),
            tuple(6, FileKind.INDEX, 1),
            tuple(7, FileKind.MANIFEST, 1),
            tuple(8, FileKind.TOC, 1));
  }

  @Test
  void aVolumeIsContinuedByTheNextRun() throws IOException {
    try (var writer = found(storage(), 1000)) {
      store(writer, "image-1", 10);
    }
    try (var writer = found(storage(), 1000)) {
      assertThat(writer.label().name()).isEqualTo(FIRST);
      store(writer, "image-2", 10);
    }

    assertThat(storage().reader().manifests(FIRST))
        .extracting(found -> found.image().value())
        .containsExactly("image-1", "image-2");
    assertThat(storage().scan()).hasSize(1);
  }

  @Test
  void aPartThatDoesNotFitGoesWholeToTheNextVolume() throws IOException {
    var storage = storage(Optional.of(new ByteSize(200_000)), 0, true);
    var folder = root.resolve("staged/image-1");
    var manifest = images.fill(folder, "image-1", 60_000, 60_000);
    var second = file(manifest, manifest.files().get(1), folder);
    try (var writer = found(storage, 90_000)) {
      writer.append(file(manifest, manifest.files().getFirst(), folder));

      assertThat(writer.append(second))
          .isEqualTo(
              new VolumeFull("90.6 KiB do not fit volume Demo-001 of 195 KiB, 72.7 KiB are left"));
      assertThat(storage.reader().files(FIRST)).hasSize(2);
    }
    try (var writer = found(storage, 92_768)) {
      assertThat(writer.append(second)).isEqualTo(new Written(new VolumeFile(SECOND, 1)));
    }
  }

  @Test
  void aFileThatFitsNoVolumeIsAFaultAndNotAnEndlessSearch() {
    var storage = storage(Optional.of(new ByteSize(100_000)), 0, true);

    assertThat(find(storage, request(90_000)))
        .isInstanceOfSatisfying(
            FindResult.None.class,
            none -> {
              assertThat(none.exit()).isEqualTo(ExitCode.STORAGE);
              assertThat(none.problem().text())
                  .contains("a file of 87.9 KiB does not fit an empty volume of 97.7 KiB");
            });
  }

  @Test
  void aFileThatIsThereFromAnEarlierAttemptIsNotWrittenTwice() throws IOException {
    var folder = root.resolve("staged/image-1");
    var manifest = images.fill(folder, "image-1", 500, 600);
    List<VolumeFile> places;
    try (var writer = found(storage(), 1000)) {
      places = appendAll(writer, folder, manifest);
    }
    try (var writer = found(storage(), 1000)) {
      assertThat(appendAll(writer, folder, manifest)).isEqualTo(places);
    }
    assertThat(storage().reader().files(FIRST)).hasSize(1 + places.size());
  }

  @Test
  void aStagedFileThatIsNotWhatItsHeaderSaysIsRefused() throws IOException {
    var folder = root.resolve("staged/image-1");
    var manifest = images.fill(folder, "image-1", 500);
    var part = folder.resolve("p0001");
    Files.write(part, new byte[] {1}, StandardOpenOption.APPEND);

    try (var writer = found(storage(), 1000)) {
      assertThat(writer.append(MediaFile.part(manifest.image(), 1, part)))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.exit()).isEqualTo(ExitCode.DAMAGED));
      assertThat(writer.append(MediaFile.part(manifest.image(), 1, folder.resolve("index"))))
          .isInstanceOf(Failed.class);
    }
    assertThat(storage().reader().files(FIRST)).hasSize(1);
  }

  @Test
  void aVolumeHasOneWriter() {
    var storage = storage();
    try (var writer = found(storage, 1000)) {
      var claim = new WriteClaim(DEMO, "Vault", writer.label(), Set.of());
      assertThat(storage.open(claim)).isInstanceOf(OpenResult.Busy.class);
      try (var other = found(storage, 1000)) {
        assertThat(other.label().name()).isEqualTo(SECOND);
      }
    }
    try (var writer = found(storage, 1000)) {
      assertThat(writer.label().name()).isIn(FIRST, SECOND);
    }
  }

  @Test
  void theGuardRefusesWhatIsNotExactlyTheClaimedVolume() throws IOException {
    var storage = storage();
    VolumeLabel label;
    try (var writer = found(storage, 1000)) {
      label = writer.label();
    }
    var other = new SetName("Other");
    var uuid = new VolumeLabel(FIRST, new UUID(1, 2), "Vault", DEMO, 1, label.labelledAt(), 1);
    var older = new VolumeLabel(FIRST, label.uuid(), "Vault", DEMO, 2, label.labelledAt(), 1);

    assertThat(
            List.of(
                new WriteClaim(other, "Vault", label, Set.of()),
                new WriteClaim(DEMO, "Attic", label, Set.of()),
                new WriteClaim(DEMO, "Vault", uuid, Set.of()),
                new WriteClaim(DEMO, "Vault", older, Set.of()),
                new WriteClaim(DEMO, "Vault", label, Set.of(FIRST))))
        .allSatisfy(
            claim ->
                assertThat(storage.open(claim))
                    .isInstanceOfSatisfying(
                        OpenResult.Refused.class,
                        refused -> assertThat(refused.exit()).isEqualTo(ExitCode.STORAGE)));
    assertThat(storage.reader().files(FIRST)).hasSize(1);
  }

  @Test
  void aDamagedLabelIsUnreadableAndItsVolumeIsNeitherWrittenNorReplaced() throws IOException {
    var storage = storage(Optional.of(LARGE), 1, true);
    try (var writer = found(storage, 1000)) {
      store(writer, "image-1", 10);
    }
    flip(storage.reader().files(FIRST).getFirst(), 200);

    assertThat(storage.scan().getFirst()).isInstanceOf(Sighting.Unreadable.class);
    assertThat(find(storage, request(1000)))
        .isInstanceOfSatisfying(
            FindResult.None.class,
            none ->
                assertThat(none.problem().text())
                    .contains(
                        "all 1 places for volumes are taken: Demo-001 has a label that cannot be"
                            + " read"));
  }

  @Test
  void withoutAutoLabelNoVolumeAppears() throws IOException {
    var storage = storage(Optional.of(LARGE), 0, false);

    assertThat(find(storage, request(1000)))
        .isInstanceOfSatisfying(
            FindResult.None.class,
            none -> assertThat(none.problem().fact()).contains("autoLabel is off"));
    assertThat(storage.scan()).isEmpty();
  }

  @Test
  void aLabelIsNeverGivenTwice() {
    var storage = storage();
    var label = new VolumeLabel(FIRST, new UUID(1, 2), "Vault", DEMO, 1, CLOCK.instant(), 1);

    assertThat(storage.label(label)).isEqualTo(new LabelResult.Labelled(label));
    assertThat(storage.label(label)).isInstanceOf(LabelResult.Taken.class);
  }

  @Test
  void theTableOfContentsNamesEveryFileAndIsWrittenOnceARun() throws IOException {
    var storage = storage();
    try (var writer = found(storage, 1000)) {
      store(writer, "image-1", 10);
      var first = writer.writeToc(RUN);
      assertThat(first).isEqualTo(new Written(new VolumeFile(FIRST, 4)));
      assertThat(writer.writeToc(RUN)).isEqualTo(first);
      store(writer, "image-2", 10);
      assertThat(writer.writeToc(new RunId("run2")))
          .isEqualTo(new Written(new VolumeFile(FIRST, 8)));
    }
    assertThat(toc(8).lines())
        .extracting(line -> line.name().text())
        .containsExactly(
            "00001.image-1.p0001",
            "00002.image-1.index",
            "00003.image-1.manifest",
            "00004.toc",
            "00005.image-2.p0001",
            "00006.image-2.index",
            "00007.image-2.manifest");
    assertThat(toc(8).lines().getFirst().length()).isEqualTo(10);
  }

  @Test
  void removedFilesAreGoneInTheirOrderAndTheOthersStay() throws IOException {
    var storage = storage();
    Manifest first;
    Manifest second;
    try (var writer = found(storage, 1000)) {
      first = store(writer, "image-1", 10, 20);
      second = store(writer, "image-2", 40);
      writer.writeToc(RUN);
      var doomed = places(storage, "image-1").reversed();

      assertThat(writer.remove(doomed))
          .isEqualTo(new RemoveResult.Removed(4, bytesOf(first, doomed)));
    }
    assertThat(storage.reader().files(FIRST))
        .extracting(StoredFile::number, StoredFile::kind)
        .containsExactly(
            tuple(0, FileKind.LABEL),
            tuple(5, FileKind.PART),
            tuple(6, FileKind.INDEX),
            tuple(7, FileKind.MANIFEST));
    assertThat(storage.reader().manifests(FIRST))
        .extracting(FoundManifest::image)
        .containsExactly(second.image());
    assertThat(storage.reader().debris(debris(Set.of()))).isEmpty();
  }

  /// Removed before the files that it names, and made anew on demand.
  @Test
  void noTableOfContentsNamesARemovedFile() throws IOException {
    var storage = storage();
    try (var writer = found(storage, 1000)) {
      store(writer, "image-1", 10);
      writer.writeToc(RUN);
      store(writer, "image-2", 10);
      writer.writeToc(new RunId("run2"));
      writer.remove(places(storage, "image-2"));

      assertThat(toc(4).lines()).hasSize(3);
      assertThat(storage.reader().files(FIRST)).hasSize(5);
      store(writer, "image-3", 10);
      assertThat(writer.writeToc(new RunId("run3")))
          .isEqualTo(new Written(new VolumeFile(FIRST, 8)));
      writer.remove(places(storage, "image-1"));
      assertThat(writer.writeToc(new RunId("run4")))
          .isEqualTo(new Written(new VolumeFile(FIRST, 8)));
    }
    assertThat(toc(8).lines())
        .extracting(line -> line.name().text())
        .containsExactly("00005.image-3.p0001", "00006.image-3.index", "00007.image-3.manifest");
  }

  @Test
  void aVolumeThatHoldsOnlyItsLabelGetsNoTableOfContents() throws IOException {
    var storage = storage();
    try (var writer = found(storage, 1000)) {
      assertThat(writer.writeToc(RUN)).isEqualTo(new Written(new VolumeFile(FIRST, 0)));
      store(writer, "image-1", 10);
      writer.writeToc(RUN);
      writer.remove(places(storage, "image-1"));

      assertThat(writer.writeToc(RUN)).isEqualTo(new Written(new VolumeFile(FIRST, 0)));
    }
    assertThat(storage.reader().files(FIRST)).hasSize(1);
  }

  @Test
  void whatIsNotThereCountsAsRemoved() throws IOException {
    var storage = storage();
    try (var writer = found(storage, 1000)) {
      store(writer, "image-1", 10);
      var doomed = places(storage, "image-1");
      writer.remove(doomed.subList(1, 2));

      assertThat(writer.remove(doomed))
          .isInstanceOfSatisfying(
              RemoveResult.Removed.class, removed -> assertThat(removed.files()).isEqualTo(2));
      assertThat(writer.remove(doomed)).isEqualTo(new RemoveResult.Removed(0, 0));
    }
    assertThat(storage.scan().getFirst())
        .isInstanceOfSatisfying(
            Sighting.Labelled.class, empty -> assertThat(empty.lastWritten()).isEmpty());
  }

  @Test
  void neitherALabelNorAnotherVolumesFileIsRemoved() throws IOException {
    try (var writer = found(storage(), 1000)) {
      store(writer, "image-1", 10);
      for (var wrong : List.of(new VolumeFile(FIRST, 0), new VolumeFile(SECOND, 1))) {
        assertThatThrownBy(() -> writer.remove(List.of(new VolumeFile(FIRST, 1), wrong)))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(storage().reader().files(FIRST)).hasSize(4);
  }

  @Test
  void aFileThatWasRemovedIsWrittenAgain() throws IOException {
    var storage = storage();
    var folder = root.resolve("staged/image-1");
    var manifest = images.fill(folder, "image-1", 500, 600);
    try (var writer = found(storage, 1000)) {
      var placed = appendAll(writer, folder, manifest);
      writer.remove(placed.reversed());

      assertThat(appendAll(writer, folder, manifest)).isEqualTo(placed);
    }
    assertThat(storage.reader().files(FIRST)).hasSize(4);
  }

  @Test
  void aFullVolumeHasRoomAgainForAsMuchAsWasRemoved() throws IOException {
    var storage = storage(Optional.of(new ByteSize(200_000)), 1, true);
    try (var writer = found(storage, 1000)) {
      store(writer, "image-1", 50_000);
    }
    assertThat(find(storage, request(60_000))).isInstanceOf(FindResult.None.class);
    try (var writer = found(storage, 1000)) {
      writer.remove(places(storage, "image-1"));
    }
    try (var writer = found(storage, 60_000)) {
      assertThat(writer.label().name()).isEqualTo(FIRST);
    }
  }

  private static List<VolumeFile> places(MediaStorage storage, String image) throws IOException {
    return storage.reader().files(FIRST).stream()
        .filter(file -> file.image().filter(id -> id.value().equals(image)).isPresent())
        .map(StoredFile::place)
        .toList();
  }

  /// Payloads of the parts and the index, and a header for each file; the manifest beside.
  private static long bytesOf(Manifest manifest, List<VolumeFile> removed) {
    long payload = manifest.files().stream().mapToLong(entry -> entry.file().length()).sum();
    var json = ManifestCodec.encode(manifest).length;
    return payload + json + (long) removed.size() * Header.SIZE;
  }

  @Test
  void aDamagedManifestIsReportedAndProtectsItsImage() throws IOException {
    var storage = storage();
    try (var writer = found(storage, 1000)) {
      store(writer, "image-1", 10);
    }
    var reader = storage.reader();
    flip(reader.files(FIRST).getLast(), Header.SIZE + 5);

    assertThat(reader.manifests(FIRST).getFirst()).isInstanceOf(FoundManifest.Damaged.class);
    assertThat(reader.removeDebris(debris(Set.of()))).isEmpty();
    assertThat(reader.files(FIRST)).hasSize(4);
  }

  @Test
  void onlyFilesThatNoManifestNamesAreDebris() throws IOException {
    var storage = storage();
    try (var writer = found(storage, 1000)) {
      store(writer, "image-1", 10, 20);
      for (var id : List.of("halfway", "flying")) {
        var folder = root.resolve("staged").resolve(id);
        appendAll(writer, folder, images.fill(folder, id, 30));
      }
      store(writer, "image-2", 40);
    }
    var reader = storage.reader();
    var request = debris(Set.of(new ImageId("flying")));

    assertThat(reader.debris(request)).extracting(StoredFile::number).containsExactly(6, 5);
    assertThat(reader.removeDebris(request)).hasSize(2);
    assertThat(reader.debris(request)).isEmpty();
    assertThat(reader.files(FIRST)).hasSize(1 + 4 + 2 + 3);
  }

  @Test
  void nothingIsDebrisWhileAVolumeIsMissingOrUnreadable() throws IOException {
    var storage = storage();
    try (var first = found(storage, 1000);
        var second = found(storage, 1000)) {
      var folder = root.resolve("staged/image-1");
      appendAll(first, folder, images.fill(folder, "image-1", 30));
      store(second, "image-2", 10);
    }
    var reader = storage.reader();
    var missing = new DebrisRequest(DEMO, Set.of(FIRST, new Label("Demo-003")), Set.of());
    assertThat(reader.debris(missing)).isEmpty();
    assertThat(reader.debris(debris(Set.of()))).hasSize(2);

    flip(reader.files(SECOND).getFirst(), 200);

    assertThat(reader.debris(debris(Set.of()))).isEmpty();
  }

  @Test
  void aVolumeOfAnotherSetIsNotReadForThisOne() throws IOException {
    var storage = storage();
    Manifest manifest;
    try (var writer = found(storage, 1000)) {
      manifest = store(writer, "image-1", 10);
    }
    var strange = new StoredImages("Other").place(manifest, List.of(), root.resolve("m"));
    var parts = storage.reader().parts(strange);

    assertThatThrownBy(() -> parts.open(manifest.files().getFirst()))
        .hasMessage("volume Demo-001 belongs to set Demo, the image to Other");
  }

  @Test
  void aMissingFileOrVolumeIsNamed() throws IOException {
    var storage = storage();
    Manifest manifest;
    try (var writer = found(storage, 1000)) {
      manifest = store(writer, "image-1", 10);
    }
    var entry = manifest.files().getFirst();
    var absent = List.of(new VolumeFile(FIRST, 9), new VolumeFile(new Label("Demo-009"), 1));
    var parts = storage.reader().parts(manifest);

    assertThatThrownBy(() -> parts.open(at(entry, absent.getFirst())))
        .isInstanceOf(MissingFileException.class)
        .hasMessage("volume Demo-001 file 9 is missing: 00009.image-1.p0001");
    assertThatThrownBy(() -> parts.open(at(entry, absent.getLast())))
        .isNotInstanceOf(MissingFileException.class)
        .hasMessage("volume Demo-009 is not in storage 'Vault'");
  }
}
