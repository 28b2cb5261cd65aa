package dev.holdfast.media.driver.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.S3Server;
import dev.holdfast.fixture.WrongAnswers;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.AppendResult.Failed;
import dev.holdfast.media.AppendResult.Written;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.DebrisRequest;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.StorageUse;
import dev.holdfast.media.StoredFile;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.ImageId;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.S3;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/// Servers and networks that answer late, wrongly, half or not at all.
class S3FaultTests extends S3FaultFixture {
  private static final int LARGE = 40 << 20;

  @Test
  void aBurstOfErrorsIsWaitedOut() throws IOException {
    try (var writer = writer()) {
      server.next(3, "PUT", "p0001", WrongAnswers.error(500, "InternalError"));

      assertThat(append(writer, "image-1", 1000)).isInstanceOf(Written.class);
    }
    assertThat(server.requests().stream().filter(line -> line.startsWith("PUT"))).hasSize(1 + 4);
  }

  @Test
  void aServerThatStaysBrokenIsAwayAndNothingIsLost() throws IOException {
    try (var writer = writer()) {
      server.next(1000, "PUT", "p0001", WrongAnswers.error(503, "SlowDown"));

      assertThat(append(writer, "image-1", 1000))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.exit()).isEqualTo(ExitCode.TEMPFAIL);
                assertThat(failed.problem().text())
                    .contains("cannot be reached to write prod/Demo-001/00001.image-1.p0001")
                    .contains("images wait in staging");
              });
    }
    assertThat(keys()).containsExactly("prod/Demo-001/00000.label");
  }

  @Test
  void aConnectionThatStallsIsGivenUpAndTheRequestTriedAgain() throws IOException {
    try (var writer = writer()) {
      server.next(1, "PUT", "p0001", WrongAnswers.stall());

      assertThat(append(writer, "image-1", 8 << 20)).isInstanceOf(Written.class);
    }
  }

  @Test
  void anAnswerThatWasLostMakesNoSecondObject() throws IOException {
    try (var writer = writer()) {
      server.next(1, "PUT", "p0001", WrongAnswers.lostReply());

      assertThat(append(writer, "image-1", 1000)).isInstanceOf(Written.class);
    }
    assertThat(keys())
        .containsExactly("prod/Demo-001/00000.label", "prod/Demo-001/00001.image-1.p0001");
  }

  @Test
  void aSuccessThatIsNoneIsTriedAgain() throws IOException {
    try (var writer = writer()) {
      server.next(1, "PUT", "p0001", WrongAnswers.status(200, ""));

      assertThat(append(writer, "image-1", 1000)).isInstanceOf(Written.class);
    }
    assertThat(keys()).hasSize(2);
  }

  @Test
  void aServerThatLiesAboutEveryPutIsAFault() throws IOException {
    try (var writer = writer()) {
      server.next(1000, "PUT", "p0001", WrongAnswers.status(200, ""));

      assertThat(fault(append(writer, "image-1", 1000)))
          .contains("the server said 3 times that it has it, and has not");
    }
  }

  @Test
  void otherBytesThanWereSentAreAFault() throws IOException {
    try (var writer = writer()) {
      server.next(
          1,
          "HEAD",
          "p0001",
          exchange ->
              exchange.reply(
                  200,
                  "Content-Length: 33768\r\nETag: \"0cc175b9c0f1b6a831c399e269772661\"\r\n"
                      + "x-amz-meta-holdfast-sha256: "
                      + header(root.resolve("image-1/p0001")).digest().hex()
                      + "\r\n",
                  new byte[0]));

      assertThat(fault(append(writer, "image-1", 1000)))
          .contains("the server took it and has something else: etag 0cc175b9c0f1b6a831c399e2697");
    }
  }

  @Test
  void aLargeFileGoesInPiecesAndComesBackByteForByte() throws IOException {
    var part = part("image-1", LARGE);
    try (var writer = writer()) {
      assertThat(append(writer, part)).isInstanceOf(Written.class);
    }
    assertThat(server.requests().stream().filter(line -> line.contains("partNumber="))).hasSize(3);
    assertThat(read("prod/Demo-001/00001.image-1.p0001", part.path())).isEqualTo(LARGE + 32768L);
  }

  @Test
  void anEndOfPiecesThatIsAnErrorIsNoSuccess() throws IOException {
    var said =
        WrongAnswers.status(
            200, "<?xml version=\"1.0\"?><Error><Code>InternalError</Code></Error>");
    try (var writer = writer()) {
      server.next(2, "POST", "uploadId=", said);

      assertThat(append(writer, "image-1", LARGE)).isInstanceOf(Written.class);
    }
    assertThat(keys()).hasSize(2);
  }

  @Test
  void anEndOfPiecesWhoseAnswerWasLostIsFoundOut() throws IOException {
    try (var writer = writer()) {
      server.next(1, "POST", "uploadId=", WrongAnswers.lostReply());

      assertThat(append(writer, "image-1", LARGE)).isInstanceOf(Written.class);
    }
    assertThat(uploads()).isZero();
  }

  @Test
  void aPageOfAProxyIsNoListing() {
    server.next(1000, "GET", "list-type=2", WrongAnswers.status(200, "<html>maintenance</html>"));

    assertThat(storage().check(Set.of(FIRST))).isInstanceOf(CheckResult.Unreachable.class);
  }

  @Test
  void aCutListingIsAskedForAgain() {
    try (var writer = writer()) {
      assertThat(writer.label().name()).isEqualTo(FIRST);
      server.next(1, "GET", "list-type=2", WrongAnswers.cut(250));

      assertThat(storage().check(Set.of(FIRST))).isEqualTo(new CheckResult.Usable());
    }
  }

  @Test
  void aCutObjectIsReadAgain() throws IOException {
    var part = part("image-1", LARGE);
    try (var writer = writer()) {
      append(writer, part);
    }
    server.next(1, "GET", "p0001", WrongAnswers.cut(100_000));
    server.next(1, "GET", "p0001", WrongAnswers.stall());

    assertThat(read("prod/Demo-001/00001.image-1.p0001", part.path())).isEqualTo(LARGE + 32768L);
  }

  @Test
  void credentialsThatHaveExpiredAreReadAnew() throws IOException {
    try (var writer = writer()) {
      int before = secretsRead.get();
      server.next(1, "PUT", "p0001", WrongAnswers.error(400, "ExpiredToken"));

      assertThat(append(writer, "image-1", 1000)).isInstanceOf(Written.class);
      assertThat(secretsRead.get()).isEqualTo(before + 2);
    }
  }

  @Test
  void aMissingRightIsNamed() throws IOException {
    try (var writer = writer()) {
      server.next(1000, "PUT", "p0001", WrongAnswers.error(403, "AccessDenied"));

      assertThat(fault(append(writer, "image-1", 1000)))
          .contains("these credentials may not write prod/Demo-001/00001.image-1.p0001")
          .contains("grant s3:PutObject");
    }
  }

  @Test
  void aClockThatIsWrongIsAMatterForAPerson() {
    server.next(1000, "GET", "", WrongAnswers.error(403, "RequestTimeTooSkewed"));

    assertThat(storage().check(Set.of()))
        .isInstanceOfSatisfying(
            CheckResult.Refused.class,
            refused -> assertThat(refused.problem().hint()).startsWith("set this host's clock"));
  }

  @Test
  void aBucketThatIsNotThereIsNotMade() {
    var absent = new Buckets(server.endpoint(), "absent", S3.Checksums.SUPPORTED);

    assertThat(storage(absent).check(Set.of()))
        .isInstanceOfSatisfying(
            CheckResult.Refused.class,
            refused -> assertThat(refused.problem().fact()).isEqualTo("there is no such bucket"));
  }

  @Test
  void aWrongSecretIsNotTakenForAnEmptyBucket() {
    var declared =
        new Buckets(server.endpoint(), bucket, S3.Checksums.SUPPORTED)
            .declared(S3Server.KEY, "wrong");

    assertThat(new S3Storage("Vault", declared, false, Buckets.use()).check(Set.of()))
        .isInstanceOf(CheckResult.Refused.class);
  }

  @Test
  void aSecretWithoutAValueEndsTheWork() {
    var use =
        new StorageUse(
            _ -> {
              throw new HoldfastException(ExitCode.SECRET, new Problem("x", "is not set", ""));
            },
            StorageUse.unlimited(),
            Clock.systemUTC());
    var declared =
        new Buckets(server.endpoint(), bucket, S3.Checksums.SUPPORTED).declared("a", "b");
    var storage = new S3Storage("Vault", declared, false, use);

    assertThatThrownBy(() -> storage.check(Set.of()))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            thrown -> assertThat(thrown.exit()).isEqualTo(ExitCode.SECRET));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void nobodyListensAndTheStorageIsAway() {
    server.close();

    assertThat(storage().check(Set.of())).isInstanceOf(CheckResult.Unreachable.class);
  }

  @Test
  void theTimeForTryingAgainIsSpentOnceForAllThatLook() throws IOException {
    try (var writer = writer()) {
      server.down();
      var away = (CheckResult.Unreachable) storage().check(Set.of(FIRST));
      int asked = server.requests().size();
      int triedAgain = server.triedAgain();

      assertThat(storage().check(Set.of())).isInstanceOf(CheckResult.Unreachable.class);
      assertThatThrownBy(() -> storage().shelf().read("Demo/lease"))
          .hasMessage(away.problem().fact());
      assertThatThrownBy(() -> storage().reader().files(FIRST)).isInstanceOf(IOException.class);
      assertThat(append(writer, "image-1", 1000))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.exit()).isEqualTo(ExitCode.TEMPFAIL));

      assertThat(triedAgain).isEqualTo(1);
      assertThat(server.triedAgain()).isEqualTo(1);
      assertThat(server.requests()).hasSize(asked + 1);
    }
  }

  @Test
  void aStorageThatWasAwayIsFoundAgainWithoutAnotherProcess() {
    try (var writer = writer()) {
      assertThat(writer.label().name()).isEqualTo(FIRST);
    }
    server.down();
    assertThat(storage().check(Set.of(FIRST))).isInstanceOf(CheckResult.Unreachable.class);
    server.up();

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> storage().check(Set.of(FIRST)) instanceof CheckResult.Usable);
  }

  @Test
  void volumesThatAreKnownAndGoneMeanAnotherBucket() {
    assertThat(storage().check(Set.of(FIRST)))
        .isInstanceOfSatisfying(
            CheckResult.Unreachable.class,
            away ->
                assertThat(away.problem().fact())
                    .contains("has none of the 1 volumes known to be there"));
  }

  @Test
  void aFileThatWasDamagedInStagingLeavesNoObjectAndNoUpload() throws IOException {
    var part = part("image-1", LARGE);
    try (var file = new RandomAccessFile(part.path().toFile(), "rw")) {
      file.seek(LARGE);
      file.write(file.read() ^ 1);
    }
    try (var writer = writer()) {
      assertThat(append(writer, part))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.exit()).isEqualTo(ExitCode.DAMAGED));
    }
    assertThat(keys()).hasSize(1);
    assertThat(uploads()).isZero();
  }

  @Test
  void whatADeadRunBeganToSendIsEndedByTheNextWriter() {
    try (var writer = writer()) {
      assertThat(writer.label().name()).isEqualTo(FIRST);
    }
    begin("prod/Demo-001/00001.image-1.p0001");
    begin("prod/Demo-002/00001.image-1.p0001");

    try (var writer = writer()) {
      assertThat(writer.label().name()).isEqualTo(FIRST);
    }
    assertThat(uploads()).isEqualTo(1);
  }

  @Test
  void manifestsOfStoredImagesAreNotFetchedToFindDebris() throws IOException {
    try (var writer = writer()) {
      for (var id : List.of("image-1", "image-2")) {
        append(writer, id, 1000);
        var manifest = images.fill(root.resolve(id), id, 1000);
        var placed = root.resolve(id + ".manifest");
        images.place(manifest, List.of(), placed);
        assertThat(writer.append(MediaFile.manifest(manifest.image(), placed)))
            .isInstanceOf(Written.class);
      }
      append(writer, "halfway", 1000);
    }
    var kept = Set.of(new ImageId("image-1"), new ImageId("image-2"));

    var debris =
        storage()
            .reader()
            .removeDebris(new DebrisRequest(new SetName("Demo"), Set.of(FIRST), kept));

    assertThat(debris).extracting(StoredFile::number).containsExactly(5);
    assertThat(keys()).hasSize(1 + 4);
    assertThat(server.requests())
        .noneMatch(line -> line.startsWith("GET") && line.contains("manifest"));
  }

  /// Some copy all pieces, which takes as long as they are large.
  @Test
  void joiningPiecesMayTakeLongerThanARequestIsTriedAgain() throws IOException {
    var patient =
        new Buckets(server.endpoint(), bucket, S3.Checksums.SUPPORTED)
            .waiting(Duration.ofSeconds(1), Duration.ofSeconds(20));
    try (var writer = writer(storage(patient))) {
      server.next(1, "POST", "uploadId", WrongAnswers.late(Duration.ofSeconds(2)));

      assertThat(append(writer, "image-1", LARGE)).isInstanceOf(Written.class);
    }
    assertThat(uploads()).isZero();
  }

  @Test
  void anotherWritersObjectIsNeverReplaced() throws IOException {
    try (var writer = writer()) {
      requests()
          .client()
          .putObject(
              put -> put.bucket(bucket).key("prod/Demo-001/00001.image-1.p0001"),
              RequestBody.fromString("theirs"));

      assertThat(append(writer, "image-1", 1000)).isInstanceOf(AppendResult.VolumeFull.class);
    }
    assertThat(requests().get(bucket, "prod/Demo-001/00001.image-1.p0001"))
        .asString()
        .isEqualTo("theirs");
  }

  @Test
  void aRegionThatIsNotAllowedGetsNoByte() {
    var allowed =
        new Buckets(server.endpoint(), bucket, S3.Checksums.SUPPORTED)
            .within("eu-west-1")
            .declared(S3Server.KEY, S3Server.SECRET);

    assertThat(new S3Storage("Vault", allowed, false, Buckets.use()).check(Set.of()))
        .isInstanceOfSatisfying(
            CheckResult.Refused.class,
            refused ->
                assertThat(refused.problem().fact())
                    .contains("locationRestriction is [eu-west-1]; nothing was sent there"));
    assertThat(server.requests()).noneMatch(line -> line.startsWith("PUT"));
  }

  private AppendResult append(VolumeWriter writer, String image, int bytes) {
    return append(writer, part(image, bytes));
  }

  private static AppendResult append(VolumeWriter writer, MediaFile part) {
    return writer.append(part);
  }

  private static String fault(AppendResult result) {
    assertThat(result).isInstanceOf(Failed.class);
    assertThat(((Failed) result).exit()).isEqualTo(ExitCode.STORAGE);
    return ((Failed) result).problem().text();
  }

  /// Compares an object with a file as it is read; gives its bytes.
  private long read(String key, Path expected) throws IOException {
    var declared =
        new Buckets(server.endpoint(), bucket, S3.Checksums.SUPPORTED)
            .declared(S3Server.KEY, S3Server.SECRET);
    try (var bucketOpen = new Bucket(declared, Buckets.use(), "Vault");
        var channel = ObjectChannel.open(bucketOpen, key)) {
      var whole = Files.readAllBytes(expected);
      var buffer = ByteBuffer.allocate(1 << 20);
      long at = 0;
      while (channel.read(buffer.clear()) >= 0) {
        buffer.flip();
        var piece = ByteBuffer.wrap(whole, (int) at, buffer.remaining());
        assertThat(buffer.mismatch(piece)).isEqualTo(-1);
        at += buffer.limit();
      }
      return at;
    }
  }

  private static StoredHeader header(Path file) throws IOException {
    try (var channel = Files.newByteChannel(file)) {
      return StoredHeader.read(channel);
    }
  }

  private void begin(String key) {
    requests().client().createMultipartUpload(create -> create.bucket(bucket).key(key));
  }
}
