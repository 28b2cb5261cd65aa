package dev.holdfast.media.driver.s3;

import dev.holdfast.image.Header;
import dev.holdfast.image.MalformedStreamException;
import dev.holdfast.image.StoredHeader;
import dev.holdfast.io.CrashPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Brings a part into a bucket while a dump fills it: a piece goes as soon as the file is past it,
/// the first one last, because its header states the length and digest of what follows. There is
/// no object before the last request. Used by one thread.
final class GrowingUpload implements AutoCloseable {
  private static final long PIECE = Chunks.SMALLEST;

  private final Bucket bucket;
  private final String key;
  private final Requests requests;
  private final Body.Growing body;
  private final Payload payload;
  private final CRC32C read = new CRC32C();
  private long firstPiece;
  private Optional<Begun> begun = Optional.empty();
  private int next = 2;

  /// The upload as the server knows it.
  private record Begun(String id, Pieces pieces) {}

  GrowingUpload(Bucket bucket, String key, Path file) throws IOException {
    this.bucket = bucket;
    this.key = key;
    this.body = new Body.Growing(file);
    this.payload = new Payload(body, read::update);
    var terms = Terms.kept(bucket.declared(), Map.of(), bucket.use().clock());
    this.requests = new Requests(bucket, key, body, terms);
  }

  /// From so many bytes on there is a piece to send.
  static long from() {
    return 2 * PIECE;
  }

  /// A part that may need larger pieces is sent when its length is known.
  static boolean takes(long atMost) {
    return Chunks.of(atMost).chunk() == PIECE;
  }

  /// @param size bytes of the file so far
  void send(long size) throws IOException {
    while (next * PIECE <= size) {
      sendNext(PIECE);
      CrashPoint.PIECE_SENT_AHEAD.reached();
    }
  }

  /// @param crc32c of the payload as it was formed, a moment ago: what was read must be that. Its
  ///     SHA-256 is in the header, and was made of the same bytes.
  /// @return the header of the file that is there now
  /// @throws MalformedStreamException when the file is not what was formed
  /// @throws BucketException TAKEN when another object has this key
  StoredHeader complete(long crc32c) throws IOException {
    var header = header();
    var chunks = Chunks.of(header.fileSize());
    while (next <= chunks.count()) {
      sendNext(chunks.length(next));
    }
    var pieces = begun().pieces();
    pieces.send(new Requests.Part(1, 0, PIECE), sumsOfFirst());
    check(read.getValue() == crc32c);
    var sent = pieces.sent();
    requests.complete(begun().id(), sent);
    var proof = new Proof(key, header, chunks);
    var there = bucket.head(key);
    var sums = sent.stream().map(Requests.Sent::sums).toList();
    if (proof.needsMd5(there, sums)) {
      bucket.sums().withheld();
      sums = new Payload(body, read::update).sums(chunks);
    }
    var fault = proof.fault(there, sums);
    if (fault.isPresent()) {
      throw proof.wrong(fault.get());
    }
    begun = Optional.empty();
    return header;
  }

  /// Leaves nothing of what is not complete.
  @Override
  public void close() throws IOException {
    try (body) {
      if (begun.isPresent()) {
        begun.get().pieces().close();
        bucket.abort(key, begun.get().id());
      }
    }
  }

  private void sendNext(long length) throws IOException {
    var piece = new Requests.Part(next, (next - 1) * PIECE, length);
    var pieces = begun().pieces();
    pieces.send(piece, payload.sum(piece.from(), piece.length(), bucket.needsMd5()));
    next++;
  }

  /// It was passed before its header was there.
  private Sums sumsOfFirst() throws IOException {
    var again = new CRC32C();
    var sums = new Payload(body, again::update).sum(0, PIECE, bucket.needsMd5());
    check(again.getValue() == firstPiece);
    return sums;
  }

  private static void check(boolean isAsFormed) throws MalformedStreamException {
    if (!isAsFormed) {
      throw new MalformedStreamException("does not read back as it was written");
    }
  }

  private Begun begun() throws IOException {
    if (begun.isEmpty()) {
      payload.pass(0, PIECE);
      firstPiece = read.getValue();
      var id = requests.begin();
      int threads = bucket.use().transfer().uploadThreads();
      begun = Optional.of(new Begun(id, new Pieces(requests, id, threads)));
    }
    return begun.get();
  }

  private StoredHeader header() throws IOException {
    try (var in = body.open(0, Header.SIZE)) {
      var header = StoredHeader.of(in.readNBytes(Header.SIZE));
      if (header.fileSize() != body.size() || header.fileSize() < from()) {
        throw new MalformedStreamException(
            "is %d bytes, was written with %d".formatted(body.size(), header.fileSize()));
      }
      return header;
    }
  }
}
