package dev.holdfast.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.MountedDisk;
import dev.holdfast.fixture.StoredImages;
import dev.holdfast.fixture.Trees;
import dev.holdfast.image.Header;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.declared.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingAreaTests {
  private static final ImageId ONE = new ImageId("image-1");
  private static final ImageId TWO = new ImageId("image-2");

  @TempDir Path root;
  private final StoredImages images = new StoredImages("Demo");
  private Path path = Path.of("");

  @BeforeEach
  void choosePath() {
    path = root.resolve("deep/staging");
  }

  @Test
  void anImageIsVisibleOnlyOnceItIsAccepted() throws IOException {
    var area = open(1 << 20, 0);
    try (var reservation = granted(area, ONE, 5000)) {
      images.fill(reservation.folder().path(), "image-1", 1000, 2000);
      assertThat(area.list()).isEmpty();

      var staged = reservation.accept();

      assertThat(area.list()).containsExactly(staged);
    }
    assertThat(area.find(ONE)).map(StagedImage::id).contains(ONE);
    assertThat(path).isDirectoryNotContaining("glob:**.new");
    assertThat(area.find(TWO)).isEmpty();
  }

  @Test
  void aStagedImageIsReadableFromStaging() throws IOException {
    var area = open(1 << 20, 0);
    var staged = stage(area, ONE, 1000);
    var part = staged.manifest().files().getFirst();

    try (var channel = staged.parts().open(part)) {
      assertThat(channel.size()).isEqualTo(Header.SIZE + 1000L);
      assertThat(channel.position()).isZero();
    }
    assertThat(staged.parts().place(part)).isEqualTo("staging " + path + "/image-1/p0001");
  }

  @Test
  void closingWithoutAcceptRemovesTheFolderAndGivesTheRoomBack() throws IOException {
    var area = open(1 << 20, 0);
    try (var reservation = granted(area, ONE, 1 << 20)) {
      images.fill(reservation.folder().path(), "image-1", 1000);
    }

    assertThat(path).isEmptyDirectory();
    assertThat(area.figures().promised()).isZero();
    granted(area, TWO, 1 << 20).close();
  }

  @Test
  void acceptRefusesAFolderThatIsNotWhole() throws IOException {
    var area = open(1 << 20, 0);
    try (var reservation = granted(area, ONE, 5000)) {
      images.fill(reservation.folder().path(), "image-1", 1000, 2000);
      Files.delete(reservation.folder().part(2));

      assertThatThrownBy(reservation::accept)
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("image-1.new p0002 is missing");
    }
    assertThat(area.list()).isEmpty();
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void anImageLargerThanTheLimitNeverFits() throws IOException {
    assertThat(open(1000, 0).reserve(ONE, 1001)).isEqualTo(new ReserveResult.TooLarge(1000));
  }

  @Test
  void promisesAndStagedImagesCountTogether() throws IOException {
    var area = open(300_000, 0);
    var staged = stage(area, ONE, 1000);
    var promise = granted(area, TWO, 50_000);

    var third = area.reserve(new ImageId("image-3"), 200_000);

    assertThat(third).isEqualTo(new ReserveResult.NoRoom(250_000 - staged.bytes()));
    promise.close();
    area.release(ONE);
    assertThat(area.reserve(new ImageId("image-3"), 300_000))
        .isInstanceOf(ReserveResult.Granted.class);
  }

  @Test
  void whatWasStagedByAnEarlierRunCounts() throws IOException {
    var staged = stage(open(300_000, 0), ONE, 1000);

    assertThat(open(300_000, 0).reserve(TWO, 300_000))
        .isEqualTo(new ReserveResult.NoRoom(300_000 - staged.bytes()));
  }

  @Test
  void aDumpMayGrowBeyondItsEstimateUpToTheLimit() throws IOException {
    var area = open(1000, 0);
    try (var one = granted(area, ONE, 400);
        var two = granted(area, TWO, 400)) {
      assertThat(one.grow(400)).isTrue();
      assertThat(one.grow(200)).isTrue();
      assertThat(one.grow(1)).isFalse();
      assertThat(two.grow(400)).isTrue();
      assertThat(two.grow(1)).isFalse();
    }
  }

  @Test
  void theReserveOfTheFileSystemIsNeverPromised() throws IOException {
    try (var disk = MountedDisk.at(root.resolve("disk"), "10m")) {
      path = disk.point().resolve("staging");
      var area =
          StagingArea.open(
              new Staging(
                  "Scratch", path, Optional.empty(), Optional.empty(), new ByteSize(4 << 20)));

      assertThat(area.reserve(ONE, 7 << 20)).isEqualTo(new ReserveResult.TooLarge(6 << 20));
      try (var half = granted(area, ONE, 3 << 20)) {
        assertThat(area.reserve(TWO, 4 << 20)).isInstanceOf(ReserveResult.NoRoom.class);
        Files.write(disk.point().resolve("other"), new byte[5 << 20]);
        assertThat(half.grow(2 << 20)).isFalse();
        assertThat(half.grow(1 << 19)).isTrue();
      }
    }
  }

  @Test
  void manyDumpsAtOnceAreNeverPromisedMoreThanThereIs() throws Exception {
    var area = open(100_000, 0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          IntStream.range(0, 64)
              .mapToObj(
                  n ->
                      (Callable<ReserveResult>)
                          () -> area.reserve(new ImageId("image-" + n), 7_000))
              .toList();
      var granted =
          threads.invokeAll(asked).stream()
              .filter(answer -> answer.resultNow() instanceof ReserveResult.Granted)
              .count();
      assertThat(granted).isEqualTo(14);
    }
    assertThat(area.figures().promised()).isEqualTo(98_000);
  }

  @Test
  void whatACrashLeftIsSweptAndRunningDumpsAreNot() throws IOException {
    var area = open(1 << 20, 0);
    stage(area, ONE, 1000);
    images.fill(path.resolve("crashed.new"), "crashed", 1000);
    images.fill(path.resolve("crashed2.gone"), "crashed2", 1000);
    Files.createDirectory(path.resolve("not an image"));
    Files.writeString(path.resolve("README"), "of the administrator");
    var again = open(1 << 20, 0);
    assertThat(again.figures().staged()).isGreaterThan(3 * 1000);

    try (var running = granted(again, TWO, 10)) {
      assertThat(again.sweep()).containsExactly("crashed.new", "crashed2.gone");
      assertThat(running.folder().path()).exists();
    }
    assertThat(path).isDirectoryContaining("glob:**/not an image");
    assertThat(path).isDirectoryContaining("glob:**/README");
    assertThat(again.list()).hasSize(1);
    assertThat(again.sweep()).isEmpty();
  }

  @Test
  void aLeftoverOfTheSameImageIsReplaced() throws IOException {
    images.fill(Files.createDirectories(path).resolve("image-1.new"), "image-1", 1000);
    makePrivate();
    var area = open(1 << 20, 0);

    try (var reservation = granted(area, ONE, 10)) {
      assertThat(reservation.folder().path()).isEmptyDirectory();
    }
  }

  @Test
  void aFolderWhoseManifestOrFilesAreWrongIsASuspectAndNoImage() throws IOException {
    var area = open(1 << 20, 0);
    Files.createDirectory(path.resolve("a"));
    images.fill(path.resolve("b"), "b", 1000);
    Trees.output("truncate", "-s", "-1", path.resolve("b/p0001").toString());
    images.fill(path.resolve("c"), "c", 1000);
    flip(path.resolve("c/manifest"), Header.SIZE + 10);
    images.fill(path.resolve("d"), "other", 1000);

    assertThat(area.list())
        .extracting(entry -> entry instanceof Suspect(_, var reason) ? reason : "image")
        .satisfiesExactly(
            a -> assertThat(a).isEqualTo("has no manifest"),
            b -> assertThat(b).isEqualTo("p0001 is 33767 bytes long, was written with 33768"),
            c -> assertThat(c).startsWith("manifest does not have the SHA-256 "),
            d -> assertThat(d).isEqualTo("holds the manifest of image other"));
    assertThat(area.find(new ImageId("b"))).isEmpty();
    area.release(new ImageId("b"));
    assertThat(path.resolve("b")).doesNotExist();
  }

  @Test
  void aDirectoryThatOthersMayReadIsRefused() throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> open(1 << 20, 0))
        .isInstanceOf(HoldfastException.class)
        .hasMessage(
            """
            staging 'Scratch': %s has mode rwxr-xr-x, staged data must be private
            HINT: chmod 0700 %s"""
                .formatted(path, path));
  }

  @Test
  void aDirectoryOfAnotherUserIsRefused() throws IOException {
    Files.createDirectories(path);
    makePrivate();
    Trees.output("chown", "12345", path.toString());

    assertThatThrownBy(() -> open(1 << 20, 0))
        .hasMessageContaining("belongs to user 12345, Holdfast runs as 0");
  }

  private StagingArea open(long limit, long reserved) throws IOException {
    return StagingArea.open(
        new Staging(
            "Scratch",
            path,
            Optional.of(new ByteSize(limit)),
            Optional.empty(),
            new ByteSize(reserved)));
  }

  private StagedImage stage(StagingArea area, ImageId image, int part) throws IOException {
    try (var reservation = granted(area, image, part)) {
      images.fill(reservation.folder().path(), image.value(), part);
      return reservation.accept();
    }
  }

  private static Reservation granted(StagingArea area, ImageId image, long bytes)
      throws IOException {
    return ((ReserveResult.Granted) area.reserve(image, bytes)).reservation();
  }

  private void makePrivate() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
  }

  private static void flip(Path file, int at) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
