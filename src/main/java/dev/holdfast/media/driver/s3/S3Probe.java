package dev.holdfast.media.driver.s3;

import dev.holdfast.media.CheckResult;
import dev.holdfast.media.Probe;
import dev.holdfast.media.Probe.Answer;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.Problem;
import dev.holdfast.model.Reason;
import dev.holdfast.model.declared.S3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// Tries what an endpoint can do, with small records beside the volumes that are removed again.
final class S3Probe {
  private static final byte[] BYTES =
      "holdfast storage check\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OTHERS = "something else\n".getBytes(StandardCharsets.US_ASCII);

  private final Bucket bucket;
  private final S3Presence presence;
  private final String folder;
  private final List<Probe> found = new ArrayList<>();

  S3Probe(Bucket bucket, S3Layout layout, S3Presence presence) {
    this.bucket = bucket;
    this.presence = presence;
    this.folder = layout.record("check/" + UUID.randomUUID() + "/");
  }

  List<Probe> probe() {
    switch (presence.check(Set.of())) {
      case CheckResult.Unreachable(var problem) -> add("reachable", Answer.BAD, text(problem));
      case CheckResult.Refused(var problem) -> add("reachable", Answer.BAD, text(problem));
      case CheckResult.Usable() -> {
        add("reachable", Answer.GOOD, "answers and may be listed");
        tryAll();
      }
    }
    return List.copyOf(found);
  }

  private void tryAll() {
    ask("region", this::region);
    boolean written = ask("write", this::write);
    if (written) {
      ask("list after write", this::listed);
      ask("read after write", this::readBack);
      ask("conditional write", this::conditional);
      ask("conditional replace", this::replacing);
      ask("x-amz-checksum", this::checksum);
      ask("Content-MD5", this::contentMd5);
    }
    ask("unfinished uploads", this::uploads);
    ask("versions", this::versions);
    ask("object lock", this::lock);
    if (written) {
      ask("remove", this::removal);
    }
  }

  private Probe region() throws IOException {
    var real = bucket.region();
    return new Probe(
        "region",
        real.isPresent() ? Answer.GOOD : Answer.MISSING,
        real.map(name -> "the bucket is in " + name)
            .orElse("the server names none; locationRestriction would refuse it"));
  }

  private Probe write() throws IOException {
    put("one", BYTES);
    return good("write", "an object can be written, digest sent along");
  }

  private Probe listed() throws IOException {
    return bucket.list(folder).isEmpty()
        ? new Probe(
            "list after write",
            Answer.BAD,
            "a new object is not listed at once: a run could take a volume for empty; ask for strong"
                + " consistency")
        : good("list after write", "a new object is listed at once");
  }

  private Probe readBack() throws IOException {
    var head = bucket.head(folder + "one");
    if (head.opaque()) {
      return good("read after write", "readable; its etag is no digest (a key of the server's)");
    }
    return Sums.of(BYTES).md5().equals(Optional.of(head.etag()))
        ? good("read after write", "readable, and its etag is the digest of its bytes")
        : new Probe(
            "read after write",
            Answer.BAD,
            "the etag is not the MD5 of the bytes, so nothing proves what was stored");
  }

  private Probe conditional() throws IOException {
    return isRefused(put -> put.key(folder + "one").ifNoneMatch("*"))
        ? good("conditional write", "an object is never replaced, whoever writes")
        : new Probe(
            "conditional write",
            Answer.MISSING,
            "If-None-Match is ignored: only the lock of the set keeps two writers apart");
  }

  private Probe replacing() throws IOException {
    put("two", BYTES);
    return isRefused(put -> put.key(folder + "two").ifMatch("0cc175b9c0f1b6a831c399e269772661"))
        ? good("conditional replace", "of two hosts that take the lease one is told no")
        : new Probe(
            "conditional replace",
            Answer.MISSING,
            "If-Match is ignored: two hosts that start a set in the same second are not told apart");
  }

  private Probe checksum() throws IOException {
    boolean refused =
        isRefused(put -> put.key(folder + "crc").checksumCRC32C(Sums.of(BYTES).crc32c()));
    boolean wanted = bucket.declared().checksums() == S3.Checksums.SUPPORTED;
    if (refused) {
      return good("x-amz-checksum", "wrong bytes are refused: 'checksums: supported' is right");
    }
    return new Probe(
        "x-amz-checksum",
        wanted ? Answer.BAD : Answer.MISSING,
        wanted
            ? "it is accepted and ignored: set 's3.checksums: required'"
            : "it is accepted and ignored; 'checksums: required' does without");
  }

  private Probe contentMd5() throws IOException {
    boolean refused =
        isRefused(
            put ->
                put.key(folder + "md5")
                    .contentMD5(Base64.getEncoder().encodeToString(new byte[16])));
    return refused
        ? good("Content-MD5", "wrong bytes are refused")
        : new Probe(
            "Content-MD5",
            bucket.declared().checksums() == S3.Checksums.REQUIRED ? Answer.BAD : Answer.MISSING,
            "it is ignored: set 's3.checksums: supported' if x-amz-checksum works");
  }

  private Probe uploads() throws IOException {
    bucket.uploads(folder);
    return good("unfinished uploads", "can be seen, and are ended by the next writer");
  }

  private Probe versions() throws IOException {
    var status =
        bucket.ask(
            Action.INSPECT,
            folder,
            s3 -> s3.getBucketVersioning(of -> of.bucket(bucket.declared().bucket())).status());
    return status == BucketVersioningStatus.ENABLED
        ? good("versions", "kept: what a thief deletes can be brought back")
        : new Probe(
            "versions",
            Answer.MISSING,
            "not kept: whoever may delete deletes for good; turn versions on");
  }

  private Probe lock() throws IOException {
    boolean wanted = bucket.declared().objectLock().isPresent();
    try {
      boolean on =
          bucket.ask(
              Action.INSPECT,
              folder,
              s3 ->
                  s3.getObjectLockConfiguration(of -> of.bucket(bucket.declared().bucket()))
                          .objectLockConfiguration()
                      != null);
      return on && wanted
          ? good("object lock", "on, and files of volumes are locked")
          : new Probe(
              "object lock", Answer.MISSING, "on, but s3.objectLock locks nothing: declare it");
    } catch (BucketException no) {
      if (no.kind() == Kind.DENIED || no.kind() == Kind.AWAY) {
        throw no;
      }
      return new Probe(
          "object lock",
          wanted ? Answer.BAD : Answer.MISSING,
          wanted
              ? "s3.objectLock is declared and the bucket has none: every write will be refused"
              : "off: make a bucket with object lock to keep backups from being deleted");
    }
  }

  private Probe removal() throws IOException {
    for (var left : bucket.list(folder)) {
      bucket.remove(left.key());
    }
    return good("remove", "prune and the removal of debris will work");
  }

  /// True when something was answered.
  private boolean ask(String question, Question asked) {
    try {
      found.add(asked.put());
      return true;
    } catch (BucketException no) {
      add(question, unanswered(question), text(no.problem()));
    } catch (IOException failed) {
      add(question, unanswered(question), Reason.of(failed));
    }
    return false;
  }

  /// Without the right to delete a writer is safer, and what it may not look at is only unknown.
  private static Answer unanswered(String question) {
    return question.equals("write") ? Answer.BAD : Answer.UNKNOWN;
  }

  /// Whether the server refuses other bytes than those that were announced.
  private boolean isRefused(Consumer<PutObjectRequest.Builder> terms) throws IOException {
    try {
      bucket.ask(
          Action.WRITE,
          folder,
          s3 ->
              s3.putObject(
                  put -> {
                    put.bucket(bucket.declared().bucket());
                    terms.accept(put);
                  },
                  RequestBody.fromBytes(OTHERS)));
      return false;
    } catch (BucketException no) {
      if (no.kind() == Kind.DENIED || no.kind() == Kind.AWAY) {
        throw no;
      }
      return true;
    }
  }

  private void put(String name, byte[] bytes) throws IOException {
    new Records(bucket).put(folder + name, bytes, Records.Condition.none());
  }

  private void add(String question, Answer answer, String follows) {
    found.add(new Probe(question, answer, follows));
  }

  private static Probe good(String question, String follows) {
    return new Probe(question, Answer.GOOD, follows);
  }

  private static String text(Problem problem) {
    return problem.fact() + "; " + problem.hint();
  }

  private interface Question {
    Probe put() throws IOException;
  }
}
