package dev.holdfast.media.driver.s3;

import dev.holdfast.image.StoredHeader;
import dev.holdfast.media.driver.s3.BucketException.Kind;
import dev.holdfast.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the server must say of an object before it counts as there.
///
/// @param header of the file that was sent
record Proof(String key, StoredHeader header, Chunks chunks) {
  private static final String NOTE = "holdfast-sha256";

  /// What is written on an object whose digest is known before it is sent.
  Map<String, String> note() {
    return Map.of(NOTE, header.digest().hex());
  }

  /// Why the object is not the file; empty when it is.
  ///
  /// Our own digest in the metadata proves only that the server kept a note; its etag, or its
  /// checksum, that these are the bytes. A server that encrypts with keys of its own may have
  /// neither: there it refused anything else when it came, by Content-MD5 or x-amz-checksum.
  ///
  /// @param expected the sums of the file's pieces, with MD5s when `needsMd5`
  Optional<String> fault(Stored there, List<Sums> expected) {
    if (there.bytes() != chunks.size()) {
      return Optional.of(there.bytes() + " bytes, sent were " + chunks.size());
    }
    if (!isNoted(there).orElse(true)) {
      return Optional.of("another note of its SHA-256");
    }
    var crc = crc32c(there);
    if (crc.isPresent() && !crc.get().equals(crc32c(expected))) {
      return Optional.of("another CRC32C");
    }
    var md5 = md5(expected);
    return there.opaque() || md5.isEmpty() || md5.get().equals(there.etag())
        ? Optional.empty()
        : Optional.of("etag " + there.etag() + ", that of the bytes sent is " + md5.get());
  }

  /// True when only MD5s can prove that the object is the file, and there are none.
  boolean needsMd5(Stored there, List<Sums> expected) {
    return !there.opaque() && crc32c(there).isEmpty() && md5(expected).isEmpty();
  }

  /// That of the whole object from a server that has it is no sum of ours.
  private Optional<String> crc32c(Stored there) {
    return there.crc32c().filter(sum -> chunks.isSingle() || sum.endsWith("-" + chunks.count()));
  }

  private String crc32c(List<Sums> expected) {
    return chunks.isSingle() ? expected.getFirst().crc32c() : Sums.crc32cOfParts(expected);
  }

  private Optional<String> md5(List<Sums> expected) {
    return chunks.isSingle() ? expected.getFirst().md5() : Sums.md5OfParts(expected);
  }

  /// Whether the note is that of this file; empty without one, as on a part that was sent while it
  /// was formed.
  Optional<Boolean> isNoted(Stored there) {
    return Optional.ofNullable(there.metadata().get(NOTE)).map(header.digest().hex()::equals);
  }

  BucketException wrong(String fact) {
    return new BucketException(
        Kind.FAULT,
        new Problem(
            key,
            "the server took it and has something else: " + fact,
            "nothing counts on it, the image waits in staging; look at the server, then run again"));
  }
}
