package dev.holdfast.media.driver.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.fixture.GrowingFile;
import dev.holdfast.fixture.WrongAnswers;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.AppendResult.Failed;
import dev.holdfast.media.AppendResult.VolumeFull;
import dev.holdfast.media.AppendResult.Written;
import dev.holdfast.media.FormingPart;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.SendingPart;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.model.declared.S3;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Parts that are sent while they are formed.
class SendingPartTests extends S3FaultFixture {
  private static final String KEY = "prod/Demo-001/00001.image-1.p0001";
  private static final int LARGE = 50 << 20;
  private static final int SOME = 36 << 20;

  @Test
  void aPartIsOnItsWayBeforeItIsCompleteAndVisibleOnlyThen() throws IOException {
    var part = part("image-1", LARGE);
    var growing = growing(part);
    try (var writer = writer();
        var sending = begin(writer, growing)) {
      assertThat(sending.send(growing.grow(SOME))).isEmpty();

      await()
          .until(() -> server.requests().stream().anyMatch(line -> line.contains("partNumber=2")));
      assertThat(server.requests()).noneMatch(line -> line.contains("partNumber=1&"));
      assertThat(keys()).containsExactly("prod/Demo-001/00000.label");
      assertThat(sending.send(growing.finish())).isEmpty();
      assertThat(sending.complete(growing.crc32c()))
          .isEqualTo(new Written(new VolumeFile(FIRST, 1)));
    }
    assertThat(requests().get(bucket, KEY)).isEqualTo(Files.readAllBytes(part.path()));
    assertThat(uploads()).isZero();
  }

  @Test
  void whatWasSentLikeThatIsNotWrittenAgain() throws IOException {
    var part = part("image-1", LARGE);
    sent(part);
    int asked = server.requests().size();

    try (var writer = writer()) {
      assertThat(writer.append(part)).isEqualTo(new Written(new VolumeFile(FIRST, 1)));
    }
    assertThat(server.requests().subList(asked, server.requests().size()))
        .noneMatch(line -> line.startsWith("PUT") || line.startsWith("POST"));
  }

  @Test
  void whatIsNotCompletedLeavesNothing() throws IOException {
    var growing = growing(part("image-1", LARGE));
    try (var writer = writer();
        var sending = begin(writer, growing)) {
      sending.send(growing.grow(SOME));
    }
    assertThat(keys()).containsExactly("prod/Demo-001/00000.label");
    assertThat(uploads()).isZero();
  }

  @Test
  void otherFilesAreWrittenMeanwhile() throws IOException {
    var growing = growing(part("image-1", LARGE));
    try (var writer = writer();
        var sending = begin(writer, growing)) {
      sending.send(growing.grow(SOME));
      assertThat(writer.append(part("image-2", 1000)))
          .isEqualTo(new Written(new VolumeFile(FIRST, 2)));
      growing.finish();
      assertThat(sending.complete(growing.crc32c()))
          .isEqualTo(new Written(new VolumeFile(FIRST, 1)));
      assertThat(writer.append(part("image-3", 1000)))
          .isEqualTo(new Written(new VolumeFile(FIRST, 3)));
    }
  }

  @Test
  void theFileMayBeRenamedAndRemovedMeanwhile() throws IOException {
    var part = part("image-1", LARGE);
    var growing = growing(part);
    try (var writer = writer();
        var sending = begin(writer, growing)) {
      sending.send(growing.grow(SOME));
      growing.finish();
      Files.delete(growing.path());
      assertThat(sending.complete(growing.crc32c())).isInstanceOf(Written.class);
    }
    assertThat(requests().get(bucket, KEY)).isEqualTo(Files.readAllBytes(part.path()));
  }

  @Test
  void aPayloadThatIsNotTheHeadersNeverBecomesVisible() throws IOException {
    var growing = growing(part("image-1", LARGE));
    try (var writer = writer();
        var sending = begin(writer, growing)) {
      long size = growing.grow(SOME);
      flip(growing.path(), size - (20 << 20));
      sending.send(size);
      growing.finish();

      assertThat(sending.complete(growing.crc32c()))
          .isInstanceOfSatisfying(
              VolumeFull.class, again -> assertThat(again.reason()).contains("does not read back"));
    }
    assertThat(keys()).containsExactly("prod/Demo-001/00000.label");
    assertThat(uploads()).isZero();
  }

  @Test
  void aFirstPieceThatChangesUntilItIsSentNeverBecomesVisible() throws IOException {
    var growing = growing(part("image-1", LARGE));
    try (var writer = writer();
        var sending = begin(writer, growing)) {
      sending.send(growing.grow(SOME));
      growing.finish();
      flip(growing.path(), 1 << 20);

      assertThat(sending.complete(growing.crc32c()))
          .isInstanceOfSatisfying(
              VolumeFull.class, again -> assertThat(again.reason()).contains("does not read back"));
    }
    assertThat(keys()).containsExactly("prod/Demo-001/00000.label");
  }

  @Test
  void aHeaderThatWasNeverWrittenNeverBecomesVisible() throws IOException {
    var part = part("image-1", LARGE);
    var growing = growing(part);
    try (var writer = writer();
        var sending = begin(writer, growing)) {
      sending.send(growing.grow(Files.size(part.path()) - (32 << 10)));
      assertThat(sending.complete(growing.crc32c())).isInstanceOf(VolumeFull.class);
    }
    assertThat(keys()).containsExactly("prod/Demo-001/00000.label");
  }

  @Test
  void aBurstOfErrorsIsWaitedOut() throws IOException {
    server.next(3, "PUT", "partNumber=2", WrongAnswers.error(500, "InternalError"));

    assertThat(sent(part("image-1", LARGE))).isInstanceOf(Written.class);
  }

  @Test
  void aBucketThatGoesAwayIsToldAndLeavesNothingVisible() throws IOException {
    var growing = growing(part("image-1", LARGE));
    try (var writer = writer();
        var sending = begin(writer, growing)) {
      server.next(1000, "PUT", "partNumber", WrongAnswers.error(503, "SlowDown"));
      sending.send(growing.grow(SOME));
      growing.finish();

      assertThat(sending.complete(growing.crc32c()))
          .isInstanceOfSatisfying(
              Failed.class, away -> assertThat(away.exit()).isEqualTo(ExitCode.TEMPFAIL));
    }
    assertThat(keys()).containsExactly("prod/Demo-001/00000.label");
  }

  @Test
  void anotherWritersObjectIsNeverReplaced() throws IOException {
    var theirs = part("image-9", 1000);
    var growing = growing(part("image-1", LARGE));
    try (var writer = writer();
        var sending = begin(writer, growing)) {
      sending.send(growing.grow(SOME));
      requests().client().putObject(put -> put.bucket(bucket).key(KEY), theirs.path());
      growing.finish();

      assertThat(sending.complete(growing.crc32c())).isInstanceOf(VolumeFull.class);
    }
    assertThat(requests().get(bucket, KEY)).isEqualTo(Files.readAllBytes(theirs.path()));
  }

  @Test
  void anEndWhoseAnswerWasLostIsFoundOut() throws IOException {
    server.next(1, "POST", "uploadId", WrongAnswers.lostReply());

    assertThat(sent(part("image-1", LARGE))).isInstanceOf(Written.class);
    assertThat(keys()).hasSize(2);
  }

  @Test
  void anEndThatIsAnErrorIsNoSuccess() throws IOException {
    server.next(1000, "POST", "uploadId", WrongAnswers.error(200, "InternalError"));

    assertThat(sent(part("image-1", LARGE))).isNotInstanceOf(Written.class);
    assertThat(keys()).hasSize(1);
  }

  @Test
  void aVolumeThatIsLeftTakesWhatIsUnfinishedWithIt() throws IOException {
    var growing = growing(part("image-1", LARGE));
    var writer = writer();
    try (var sending = begin(writer, growing)) {
      sending.send(growing.grow(SOME));
      writer.close();
      growing.finish();

      assertThat(sending.complete(growing.crc32c())).isInstanceOf(VolumeFull.class);
    }
    assertThat(keys()).containsExactly("prod/Demo-001/00000.label");
    assertThat(uploads()).isZero();
  }

  @Test
  void nothingThatMayComeToNothingIsSentWhereItWouldBeLocked() {
    var buckets = new Buckets(server.endpoint(), bucket, S3.Checksums.SUPPORTED);
    assertThat(storage(buckets).sendsFrom()).isPresent();

    assertThat(storage(buckets.locked(S3.Mode.COMPLIANCE, 30)).sendsFrom()).isEmpty();
  }

  @Test
  void aPartThatMayNotFitTheVolumeOrNeedsLargerPiecesIsWrittenWhole() throws IOException {
    var growing = growing(part("image-1", 1000));
    try (var writer = writer()) {
      var huge = new FormingPart(new ImageId("image-1"), 1, growing.path(), 200L << 30);

      assertThat(writer.begin(huge)).isEmpty();
    }
  }

  private AppendResult sent(MediaFile part) throws IOException {
    var growing = growing(part);
    try (var writer = writer();
        var sending = begin(writer, growing)) {
      assertThat(sending.send(growing.grow(SOME))).isEmpty();
      growing.finish();
      return sending.complete(growing.crc32c());
    }
  }

  private GrowingFile growing(MediaFile part) {
    var growing = new GrowingFile(part.path(), root.resolve(part.image() + ".forming"));
    growing.grow(1 << 20);
    return growing;
  }

  private static SendingPart begin(VolumeWriter writer, GrowingFile file) {
    var part = new FormingPart(new ImageId("image-1"), 1, file.path(), 1L << 30);
    return writer.begin(part).orElseThrow();
  }

  private static void flip(Path file, long at) throws IOException {
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int was = bytes.read();
      bytes.seek(at);
      bytes.write(was ^ 1);
    }
  }
}
