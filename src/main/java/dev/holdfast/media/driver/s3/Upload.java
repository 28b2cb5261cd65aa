package dev.holdfast.media.driver.s3;

import dev.holdfast.image.Digests;
import dev.holdfast.image.Header;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Brings one complete file into a bucket under its final key, and believes that it is there only
/// when the server says so: same length, same digest. The file is read once to check it against its
/// header and once more to send it; no piece of it is held in memory, whatever the threads.
///
/// A key appears only whole: a small file by one request, a large one in pieces that are no object
/// before the last request. It never replaces another object.
final class Upload {
  static final String DIGEST = "holdfast-sha256";
  private static final int BUFFER = 256 * 1024;
  private static final int TRIES = 3;

  private final Bucket bucket;
  private final Requests requests;
  private final Terms terms;
  private final Body body;
  private final StoredHeader header;
  private final String key;
  private final Chunks chunks;
  private final MessageDigest payload = Digests.sha256();

  Upload(Bucket bucket, String key, Body body, StoredHeader header) {
    this.bucket = bucket;
    this.body = body;
    this.header = header;
    this.key = key;
    this.chunks = Chunks.of(body.size());
    var digest = Map.of(DIGEST, header.digest().hex());
    this.terms = Terms.kept(bucket.declared(), digest, bucket.use().clock());
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
        && upload.fault(there.get(), upload.sums()).isEmpty();
  }

  private List<Sums> sent = List.of();

  /// Present when the key was taken: perhaps by ourselves, when an answer was lost.
  private Optional<BucketException> attempt() throws IOException {
    try {
      payload.reset();
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
    var fault = fault(there, sent);
    if (fault.isEmpty()) {
      lock(there);
      return;
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
    throw wrong(fault.get());
  }

  /// Ceph 16 forgets the lock of what is sent in pieces. One who may not ask is told no lock, and
  /// locking again until the same day changes nothing.
  private void lock(Stored there) throws IOException {
    if (terms.until().isEmpty() || there.lockedUntil().isPresent()) {
      return;
    }
    bucket.lock(key, bucket.declared().objectLock().orElseThrow().mode(), terms.until().get());
  }

  private List<Sums> sendWhole() throws IOException {
    var sums = sum(0, body.size());
    checkPayload();
    requests.put(sums);
    return List.of(sums);
  }

  private List<Sums> sendInPieces() throws IOException {
    var upload = requests.begin();
    try {
      var pieces = sendPieces(upload);
      checkPayload();
      requests.complete(upload, pieces);
      return pieces.stream().map(Requests.Sent::sums).toList();
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

  /// One thread reads and checks, the others send what was checked.
  private List<Requests.Sent> sendPieces(String upload) throws IOException {
    int threads = bucket.use().transfer().uploadThreads();
    var free = new Semaphore(threads);
    var sending = new ArrayList<Future<Requests.Sent>>();
    try (var workers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
      try {
        for (int number = 1; number <= chunks.count(); number++) {
          var piece = new Requests.Part(number, chunks.from(number), chunks.length(number));
          var sums = sum(piece.from(), piece.length());
          free.acquire();
          failFast(sending);
          sending.add(
              workers.submit(
                  () -> {
                    try {
                      return requests.part(upload, piece, sums);
                    } finally {
                      free.release();
                    }
                  }));
        }
        return results(sending);
      } catch (IOException | RuntimeException | InterruptedException failed) {
        workers.shutdownNow();
        throw failed;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while " + key + " was sent");
    }
  }

  private static void failFast(List<Future<Requests.Sent>> sending)
      throws IOException, InterruptedException {
    for (var one : sending) {
      if (one.state() == Future.State.FAILED) {
        result(one);
      }
    }
  }

  private static List<Requests.Sent> results(List<Future<Requests.Sent>> sending)
      throws IOException, InterruptedException {
    var sent = new ArrayList<Requests.Sent>();
    for (var one : sending) {
      sent.add(result(one));
    }
    return sent;
  }

  private static Requests.Sent result(Future<Requests.Sent> one)
      throws IOException, InterruptedException {
    try {
      return one.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException trouble -> throw trouble;
        case RuntimeException bug -> throw bug;
        case null, default -> throw new IOException(failed);
      }
    }
  }

  /// The sums of every piece, without sending any.
  private List<Sums> sums() throws IOException {
    payload.reset();
    var sums = new ArrayList<Sums>();
    for (int number = 1; number <= chunks.count(); number++) {
      sums.add(sum(chunks.from(number), chunks.length(number)));
    }
    checkPayload();
    return sums;
  }

  private Sums sum(long from, long length) throws IOException {
    var running = new Sums.Running();
    var buffer = new byte[BUFFER];
    long at = from;
    try (var in = body.open(from, length)) {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        running.update(buffer, 0, got);
        int inHeader = (int) Math.min(got, Math.max(0, Header.SIZE - at));
        payload.update(buffer, inHeader, got - inHeader);
        at += got;
      }
    }
    if (at != from + length) {
      throw new MalformedStreamException("ended after " + at + " of " + body.size() + " bytes");
    }
    return running.end();
  }

  /// Before the request that makes the object visible.
  private void checkPayload() throws MalformedStreamException {
    var found = Digests.finish(payload);
    if (!found.equals(header.digest())) {
      throw new MalformedStreamException(
          "has SHA-256 %s, was written with %s".formatted(found, header.digest()));
    }
  }

  /// Our own digest in the metadata proves only that the server kept a note; its etag, or its
  /// checksum, that these are the bytes. A server that encrypts with keys of its own has neither:
  /// there it refused anything else when it came, by Content-MD5 or x-amz-checksum.
  private Optional<String> fault(Stored there, List<Sums> expected) {
    if (there.bytes() != body.size()) {
      return Optional.of(there.bytes() + " bytes, sent were " + body.size());
    }
    if (!header.digest().hex().equals(there.metadata().get(DIGEST))) {
      return Optional.of("another note of its SHA-256");
    }
    var crc = expected.size() == 1 ? Optional.of(expected.getFirst().crc32c()) : there.crc32c();
    if (!there.crc32c().equals(crc) && there.crc32c().isPresent()) {
      return Optional.of("another CRC32C");
    }
    var etag =
        chunks.isSingle() ? expected.getFirst().md5Hex() : Sums.ofParts(expected, expected.size());
    return there.opaque() || there.etag().equals(etag)
        ? Optional.empty()
        : Optional.of("etag " + there.etag() + ", that of the bytes sent is " + etag);
  }

  private BucketException wrong(String fact) {
    return new BucketException(
        Kind.FAULT,
        new Problem(
            key,
            "the server took it and has something else: " + fact,
            "nothing counts on it, the image waits in staging; look at the server, then run again"));
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
