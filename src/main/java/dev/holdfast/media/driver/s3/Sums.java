package dev.holdfast.media.driver.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The checksums of one request's bytes. Made before the request is sent, from the pass that also
/// checks what is sent, so that what arrives is what was checked.
///
/// @param crc32c as S3 writes it: four bytes in Base64
/// @param md5 in hex; empty where the server's CRC32C proves as much, for it takes longer than
///     everything else that is done to a byte
record Sums(String crc32c, Optional<String> md5) {

  /// Takes bytes, gives sums. Used by one thread.
  static final class Running {
    private final CRC32C crc = new CRC32C();
    private final Optional<MessageDigest> md5;

    Running(boolean withMd5) {
      md5 = withMd5 ? Optional.of(newMd5()) : Optional.empty();
    }

    void update(byte[] bytes, int from, int length) {
      crc.update(bytes, from, length);
      md5.ifPresent(digest -> digest.update(bytes, from, length));
    }

    Sums end() {
      return new Sums(base64(crc), md5.map(digest -> HexFormat.of().formatHex(digest.digest())));
    }
  }

  /// Both sums of bytes in memory.
  static Sums of(byte[] bytes) {
    var running = new Running(true);
    running.update(bytes, 0, bytes.length);
    return running.end();
  }

  /// As a request's header has it.
  ///
  /// @throws java.util.NoSuchElementException without an MD5
  String md5Base64() {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(md5.orElseThrow()));
  }

  /// What S3 calls the digest of an object made of parts: the digest of their digests. Empty when
  /// one has none.
  static Optional<String> md5OfParts(List<Sums> parts) {
    if (parts.stream().anyMatch(part -> part.md5().isEmpty())) {
      return Optional.empty();
    }
    var md5 = newMd5();
    parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.md5().orElseThrow())));
    return Optional.of(HexFormat.of().formatHex(md5.digest()) + "-" + parts.size());
  }

  /// What S3 calls the composite checksum of an object made of parts: the CRC32C of theirs.
  static String crc32cOfParts(List<Sums> parts) {
    var crc = new CRC32C();
    parts.forEach(part -> crc.update(Base64.getDecoder().decode(part.crc32c())));
    return base64(crc) + "-" + parts.size();
  }

  private static String base64(CRC32C crc) {
    int value = (int) crc.getValue();
    var bytes =
        new byte[] {
          (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
        };
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
