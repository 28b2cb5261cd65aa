package dev.holdfast.media.driver.s3;

import dev.holdfast.media.Throttle;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.declared.S3;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// The requests that make one object. Each carries the checksum of its bytes, so that the server
/// refuses what is not them; none replaces an object.
final class Requests {
  private static final String NEW_ONLY = "*";
  private static final String TYPE = "application/octet-stream";
  private static final long SLOWEST = 64 * 1024;

  private final Bucket bucket;
  private final String key;
  private final Body body;
  private final Terms terms;

  Requests(Bucket bucket, String key, Body body, Terms terms) {
    this.bucket = bucket;
    this.key = key;
    this.body = body;
    this.terms = terms;
  }

  /// A piece of the object: bytes from `from`.
  record Part(int number, long from, long length) {}

  /// A piece that the server has.
  record Sent(CompletedPart part, Sums sums) {}

  void put(Sums sums) throws IOException {
    try {
      put(sums, Optional.of(NEW_ONLY));
    } catch (BucketException no) {
      if (no.kind() != Kind.NOT_BUILT || bucket.find(key).isPresent()) {
        throw no;
      }
      // a server without conditions: that nothing is there was seen a moment ago
      put(sums, Optional.empty());
    }
  }

  private void put(Sums sums, Optional<String> onlyIfNone) throws IOException {
    bucket.ask(
        Action.WRITE,
        key,
        s3 ->
            s3.putObject(
                put -> {
                  terms.on(put);
                  put.key(key).contentType(TYPE).contentLength(body.size());
                  put.overrideConfiguration(how -> how.apiCallTimeout(patience(body.size())));
                  onlyIfNone.ifPresent(put::ifNoneMatch);
                  switch (checksums()) {
                    case REQUIRED -> put.contentMD5(sums.md5Base64());
                    case SUPPORTED -> put.checksumCRC32C(sums.crc32c());
                  }
                },
                content(0, body.size())));
  }

  /// The id of an upload in pieces.
  String begin() throws IOException {
    return bucket
        .ask(
            Action.WRITE,
            key,
            s3 ->
                s3.createMultipartUpload(
                    create -> {
                      terms.on(create);
                      create.key(key).contentType(TYPE);
                      if (checksums() == S3.Checksums.SUPPORTED) {
                        create.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
                      }
                    }))
        .uploadId();
  }

  Sent part(String upload, Part piece, Sums sums) throws IOException {
    var answer =
        bucket.ask(
            Action.WRITE,
            key,
            s3 ->
                s3.uploadPart(
                    part -> {
                      part.bucket(bucket.declared().bucket()).key(key).uploadId(upload);
                      part.partNumber(piece.number()).contentLength(piece.length());
                      part.overrideConfiguration(
                          how -> how.apiCallTimeout(patience(piece.length())));
                      switch (checksums()) {
                        case REQUIRED -> part.contentMD5(sums.md5Base64());
                        case SUPPORTED -> part.checksumCRC32C(sums.crc32c());
                      }
                    },
                    content(piece.from(), piece.length())));
    var part = CompletedPart.builder().partNumber(piece.number()).eTag(answer.eTag());
    if (checksums() == S3.Checksums.SUPPORTED) {
      part.checksumCRC32C(sums.crc32c());
      bucket.sums().answered(answer.checksumCRC32C(), sums);
    }
    return new Sent(part.build(), sums);
  }

  void complete(String upload, List<Sent> pieces) throws IOException {
    try {
      complete(upload, pieces, Optional.of(NEW_ONLY));
    } catch (BucketException no) {
      if (no.kind() != Kind.NOT_BUILT || bucket.find(key).isPresent()) {
        throw no;
      }
      complete(upload, pieces, Optional.empty());
    }
  }

  private void complete(String upload, List<Sent> pieces, Optional<String> onlyIfNone)
      throws IOException {
    try {
      bucket.ask(
          Action.WRITE,
          key,
          s3 ->
              s3.completeMultipartUpload(
                  complete -> {
                    complete.bucket(bucket.declared().bucket()).key(key).uploadId(upload);
                    complete.overrideConfiguration(
                        how -> how.apiCallTimeout(patience(body.size())));
                    complete.multipartUpload(
                        all -> all.parts(pieces.stream().map(Sent::part).toList()));
                    onlyIfNone.ifPresent(complete::ifNoneMatch);
                  }));
    } catch (BucketException gone) {
      // an answer that was lost: the upload is no more because it is an object now
      if (gone.kind() != Kind.MISSING || bucket.find(key).isEmpty()) {
        throw gone;
      }
    }
  }

  private S3.Checksums checksums() {
    return bucket.declared().checksums();
  }

  /// A request that moves bytes, here or in the server, may take the time that they need: some
  /// copy all pieces of an object when they join them.
  private Duration patience(long bytes) {
    long slowest =
        bucket.use().transfer().speedPerThread().stream()
            .mapToLong(speed -> speed.limit().bytes())
            .reduce(SLOWEST, Math::min);
    return bucket.declared().retryFor().plusSeconds(bytes / slowest);
  }

  private RequestBody content(long from, long length) {
    return RequestBody.fromContentProvider(() -> opened(from, length), length, TYPE);
  }

  private InputStream opened(long from, long length) {
    try {
      return new Paced(body.open(from, length), bucket.throttle());
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /// Gives bytes no faster than they may be sent.
  private static final class Paced extends FilterInputStream {
    private final Throttle throttle;

    Paced(InputStream in, Throttle throttle) {
      super(in);
      this.throttle = throttle;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int got = super.read(bytes, from, throttle.step(length));
      try {
        throttle.passed(Math.max(0, got));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped while it sent");
      }
      return got;
    }
  }
}
