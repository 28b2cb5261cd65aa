package dev.holdfast.media.driver.s3;

import dev.holdfast.image.Digests;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.Problem;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// Brings one complete file into a bucket under its final key, and believes that it is there only
/// when the server says so: same length, same digest. The file is read once to check it against its
/// header and once more to send it; no piece of it is held in memory, whatever the threads.
///
/// A key appears only whole: a small file by one request, a large one in pieces that are no object
/// before the last request. It never replaces another object.
final class Upload {
  private static final int TRIES = 3;

  private final Bucket bucket;
  private final Requests requests;
  private final Terms terms;
  private final Body body;
  private final StoredHeader header;
  private final String key;
  private final Chunks chunks;
  private final Proof proof;
  private final Payload payload;
  private MessageDigest digest = Digests.sha256();
  private List<Sums> sent = List.of();

  Upload(Bucket bucket, String key, Body body, StoredHeader header) {
    this.bucket = bucket;
    this.body = body;
    this.header = header;
    this.key = key;
    this.chunks = Chunks.of(body.size());
    this.proof = new Proof(key, header, chunks);
    this.payload = new Payload(body, (bytes, from, length) -> digest.update(bytes, from, length));
    this.terms = Terms.kept(bucket.declared(), proof.note(), bucket.use().clock());
    this.requests = new Requests(bucket, key, body, terms);
  }

  /// @throws BucketException TAKEN when another object has this key
  /// @throws MalformedStreamException when the file is not what its header says
  void send() throws IOException {
    for (int attempt = 1; ; attempt++) {
      var refused = attempt();
      var there = bucket.find(key);
      if (there.isPresent()) {
        settle(there.get(), refused);
        return;
      }
      if (attempt == TRIES) {
        throw lost();
      }
    }
  }

  /// True when the object is, byte for byte, this file. Reads the file, not the object.
  static boolean isThere(Bucket bucket, String key, Body body, StoredHeader header)
      throws IOException {
    var upload = new Upload(bucket, key, body, header);
    var there = bucket.find(key);
    return there.isPresent()
        && there.get().bytes() == body.size()
        && (!there.get().opaque() || upload.proof.isNoted(there.get()).orElse(false))
        && upload.proof.fault(there.get(), upload.sums()).isEmpty();
  }

  /// Present when the key was taken: perhaps by ourselves, when an answer was lost.
  private Optional<BucketException> attempt() throws IOException {
    try {
      digest = Digests.sha256();
      sent = chunks.isSingle() ? sendWhole() : sendInPieces();
      return Optional.empty();
    } catch (BucketException no) {
      if (no.kind() == Kind.TAKEN) {
        sent = sums();
        return Optional.of(no);
      }
      throw no;
    }
  }

  private void settle(Stored there, Optional<BucketException> refused) throws IOException {
    if (proof.needsMd5(there, sent)) {
      bucket.sums().withheld();
      sent = sums();
    }
    var fault = proof.fault(there, sent);
    if (fault.isEmpty()) {
      terms.lock(bucket, key, there);
      return;
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
    throw proof.wrong(fault.get());
  }

  private List<Sums> sendWhole() throws IOException {
    var sums = payload.sum(0, body.size(), true);
    check();
    requests.put(sums);
    return List.of(sums);
  }

  private List<Sums> sendInPieces() throws IOException {
    var upload = requests.begin();
    try (var pieces = new Pieces(requests, upload, bucket.use().transfer().uploadThreads())) {
      for (int number = 1; number <= chunks.count(); number++) {
        var piece = new Requests.Part(number, chunks.from(number), chunks.length(number));
        pieces.send(piece, payload.sum(piece.from(), piece.length(), bucket.needsMd5()));
      }
      check();
      var all = pieces.sent();
      requests.complete(upload, all);
      return all.stream().map(Requests.Sent::sums).toList();
    } catch (IOException | RuntimeException failed) {
      abort(upload, failed);
      throw failed;
    }
  }

  private void abort(String upload, Exception failed) {
    try {
      bucket.abort(key, upload);
    } catch (IOException | RuntimeException alsoFailed) {
      // the next writer of this volume ends it
      failed.addSuppressed(alsoFailed);
    }
  }

  /// The sums of every piece, without sending any.
  private List<Sums> sums() throws IOException {
    digest = Digests.sha256();
    var sums = payload.sums(chunks);
    check();
    return sums;
  }

  /// Before the request that makes the object visible.
  private void check() throws MalformedStreamException {
    var found = Digests.finish(digest);
    if (!found.equals(header.digest())) {
      throw new MalformedStreamException(
          "has SHA-256 %s, was written with %s".formatted(found, header.digest()));
    }
  }

  private BucketException lost() {
    return new BucketException(
        Kind.FAULT,
        new Problem(
            key,
            "the server said %d times that it has it, and has not".formatted(TRIES),
            "the image waits in staging; look at the server, then run again"));
  }
}
