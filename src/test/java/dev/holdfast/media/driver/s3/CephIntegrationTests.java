package dev.holdfast.media.driver.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.CephLab;
import dev.holdfast.fixture.StoredImages;
import dev.holdfast.media.AppendResult;
import dev.holdfast.media.AppendResult.Written;
import dev.holdfast.media.CheckResult;
import dev.holdfast.media.DebrisRequest;
import dev.holdfast.media.FindResult;
import dev.holdfast.media.LabelTemplate;
import dev.holdfast.media.MediaFile;
import dev.holdfast.media.Probe;
import dev.holdfast.media.RemoveResult;
import dev.holdfast.media.VolumeFinder;
import dev.holdfast.media.VolumeRequest;
import dev.holdfast.media.VolumeWriter;
import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import dev.holdfast.model.VolumeFile;
import dev.holdfast.model.declared.S3;
import dev.holdfast.model.declared.Taperscan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/// Locks, versions, regions, policies and two identities, which only a real gateway has.
@Tag("lab")
class CephIntegrationTests {
  private static final VolumeFile FIRST_FILE = new VolumeFile(new Label("Demo-001"), 1);
  private static final Pattern POLICY = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path root;
  private final CephLab lab = CephLab.shared();
  private final StoredImages images = new StoredImages("Demo");

  @Test
  void whatIsLockedIsKeptAndToldSo() throws IOException {
    var bucket = lab.newLockedBucket();
    try (var writer = writer(storage(buckets(bucket).locked(S3.Mode.COMPLIANCE, 1)))) {
      assertThat(append(writer)).isInstanceOf(Written.class);

      assertThat(writer.remove(List.of(FIRST_FILE)))
          .isInstanceOfSatisfying(
              RemoveResult.Kept.class,
              kept ->
                  assertThat(kept.problem().text())
                      .contains("volume Demo-001 file 1: was not removed, the bucket holds it"));
    }
    assertThat(keys(bucket)).hasSize(2);
  }

  @Test
  void aLargeFileIsLockedToo() throws IOException {
    var bucket = lab.newLockedBucket();
    try (var writer = writer(storage(buckets(bucket).locked(S3.Mode.GOVERNANCE, 1)))) {
      assertThat(append(writer, 40 << 20)).isInstanceOf(Written.class);

      assertThat(writer.remove(List.of(FIRST_FILE))).isInstanceOf(RemoveResult.Kept.class);
    }
  }

  @Test
  void whatIsRemovedLeavesNoVersionBehind() throws IOException {
    var bucket = lab.newBucket();
    lab.requests()
        .client()
        .putBucketVersioning(
            put ->
                put.bucket(bucket)
                    .versioningConfiguration(on -> on.status(BucketVersioningStatus.ENABLED)));
    try (var writer = writer(storage(buckets(bucket)))) {
      append(writer);

      assertThat(writer.remove(List.of(FIRST_FILE))).isEqualTo(new RemoveResult.Removed(1, 33_768));
    }
    assertThat(
            lab.requests()
                .client()
                .listObjectVersions(list -> list.bucket(bucket).prefix("prod/Demo-001/00001"))
                .versions())
        .isEmpty();
  }

  @Test
  void theRegionIsTheOneThatTheServerNames() {
    var bucket = lab.newBucket();

    assertThat(storage(buckets(bucket).within("lab-west-1")).check(Set.of()))
        .isEqualTo(new CheckResult.Usable());
    assertThat(storage(buckets(bucket).within("eu-west-1", "eu-central-1")).check(Set.of()))
        .isInstanceOfSatisfying(
            CheckResult.Refused.class,
            refused ->
                assertThat(refused.problem().fact())
                    .isEqualTo(
                        "is really in region lab-west-1, locationRestriction is [eu-west-1,"
                            + " eu-central-1]; nothing was sent there"));
  }

  @Test
  void aServerWhoseAuthorityIsNotTrustedGetsNothing() {
    var stranger = new Buckets(lab.endpoint(), lab.newBucket(), S3.Checksums.REQUIRED);

    assertThat(
            new S3Storage("Vault", stranger.declared(lab.key(), lab.secret()), false, Buckets.use())
                .check(Set.of()))
        .isInstanceOfSatisfying(
            CheckResult.Unreachable.class,
            away -> assertThat(away.problem().fact()).containsIgnoringCase("certification path"));
  }

  /// The policy of src/docs/storage.md, word for word but for the names.
  @Test
  void aWriterCannotDeleteAndThePrunerCan() throws IOException {
    var bucket = lab.newBucket();
    lab.user("writer", "writeraccess", "writersecret0123456789");
    lab.user("pruner", "pruneraccess", "prunersecret0123456789");
    var policy = policy().replace("kestrel-holdfast", bucket);
    lab.requests().client().putBucketPolicy(put -> put.bucket(bucket).policy(policy));
    try (var writer = writer(asWriter(buckets(bucket)))) {
      assertThat(append(writer, 40 << 20)).isInstanceOf(Written.class);

      assertThat(writer.remove(List.of(FIRST_FILE)))
          .isInstanceOfSatisfying(
              RemoveResult.Kept.class,
              kept -> assertThat(kept.problem().hint()).contains("s3.prunerCredentials"));
    }
    var shelf = asWriter(buckets(bucket)).shelf();
    shelf.remove(shelf.create("Demo/lease", new byte[] {1}).orElseThrow());
    assertThat(shelf.read("Demo/lease")).isEmpty();
    var both = buckets(bucket).prunedBy("pruneraccess", "prunersecret0123456789");
    try (var writer = writer(asWriter(both))) {
      assertThat(writer.remove(List.of(FIRST_FILE))).isInstanceOf(RemoveResult.Removed.class);
    }
    assertThat(keys(bucket)).containsExactly("prod/Demo-001/00000.label");
  }

  /// What a writer without the right to delete leaves behind when it dies.
  @Test
  void debrisOfAWriterThatMayNotDeleteGoesWithThePruner() throws IOException {
    var bucket = lab.newBucket();
    lab.user("writer2", "writeraccess2", "writersecret0123456789");
    lab.user("pruner2", "pruneraccess2", "prunersecret0123456789");
    var policy =
        policy()
            .replace("kestrel-holdfast", bucket)
            .replace("user/writer", "user/writer2")
            .replace("user/pruner", "user/pruner2");
    lab.requests().client().putBucketPolicy(put -> put.bucket(bucket).policy(policy));
    var alone = buckets(bucket).declared("writeraccess2", "writersecret0123456789");
    var unpruned = new S3Storage("Vault", alone, false, Buckets.use());
    try (var writer = writer(unpruned)) {
      assertThat(append(writer)).isInstanceOf(Written.class);
    }
    begin(bucket, "prod/Demo-001/00002.image-1.p0002");
    var debris = new DebrisRequest(new SetName("Demo"), Set.of(FIRST_FILE.volume()), Set.of());

    assertThat(unpruned.reader().removeDebris(debris)).isEmpty();
    assertThat(keys(bucket)).hasSize(2);
    var both =
        buckets(bucket)
            .prunedBy("pruneraccess2", "prunersecret0123456789")
            .declared("writeraccess2", "writersecret0123456789");
    var pruned = new S3Storage("Vault", both, false, Buckets.use());
    assertThat(pruned.reader().removeDebris(debris)).hasSize(1);

    assertThat(keys(bucket)).containsExactly("prod/Demo-001/00000.label");
    assertThat(lab.requests().client().listMultipartUploads(list -> list.bucket(bucket)).uploads())
        .isEmpty();
  }

  private void begin(String bucket, String key) {
    lab.requests().client().createMultipartUpload(create -> create.bucket(bucket).key(key));
  }

  @Test
  void theCheckFindsWhatThisServerCannotDo() {
    var supported =
        new Buckets(lab.endpoint(), lab.newBucket(), S3.Checksums.SUPPORTED).trusting(lab.ca());

    assertThat(storage(supported).probe())
        .contains(
            new Probe(
                "x-amz-checksum",
                Probe.Answer.BAD,
                "it is accepted and ignored: set 's3.checksums: required'"))
        .filteredOn(probe -> probe.answer() == Probe.Answer.GOOD)
        .extracting(Probe::question)
        .contains("reachable", "write", "list after write", "conditional write", "Content-MD5");
    assertThat(storage(buckets(lab.newLockedBucket()).locked(S3.Mode.COMPLIANCE, 1)).probe())
        .noneMatch(probe -> probe.answer() == Probe.Answer.BAD)
        .extracting(Probe::question)
        .contains("object lock", "versions", "remove");
  }

  private Buckets buckets(String bucket) {
    return new Buckets(lab.endpoint(), bucket, S3.Checksums.REQUIRED).trusting(lab.ca());
  }

  private S3Storage storage(Buckets buckets) {
    return new S3Storage("Vault", buckets.declared(lab.key(), lab.secret()), false, Buckets.use());
  }

  private static S3Storage asWriter(Buckets buckets) {
    return new S3Storage(
        "Vault", buckets.declared("writeraccess", "writersecret0123456789"), false, Buckets.use());
  }

  private static VolumeWriter writer(S3Storage storage) {
    var request =
        new VolumeRequest(
            new SetName("Demo"),
            "Vault",
            Taperscan.TRADITIONAL,
            new LabelTemplate("${set}-${n:3}"),
            Map.of(),
            Set.of(),
            Set.of(),
            1000);
    return switch (new VolumeFinder(storage, Clock.systemUTC(), UUID::randomUUID).find(request)) {
      case FindResult.Found(var writer, _, _) -> writer;
      case FindResult.None(var problem, _) -> throw new AssertionError(problem.text());
    };
  }

  private AppendResult append(VolumeWriter writer) {
    return append(writer, 1000);
  }

  private AppendResult append(VolumeWriter writer, int bytes) {
    var manifest = images.fill(root.resolve("image-1"), "image-1", bytes);
    return writer.append(MediaFile.part(manifest.image(), 1, root.resolve("image-1/p0001")));
  }

  private List<String> keys(String bucket) {
    return lab.requests().keys(bucket);
  }

  private static String policy() throws IOException {
    var found = POLICY.matcher(Files.readString(Path.of("src/docs/storage.md")));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
