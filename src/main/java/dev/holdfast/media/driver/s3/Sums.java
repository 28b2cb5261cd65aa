package dev.holdfast.media.driver.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// The checksums of one request's bytes, as S3 writes them. Made before the request is sent, from
/// the pass that also checks what is sent, so that what arrives is what was checked.
record Sums(String md5Hex, String md5Base64, String crc32c) {

  /// Takes bytes, gives sums. Used by one thread.
  static final class Running {
    private final MessageDigest md5 = md5();
    private final CRC32C crc = new CRC32C();

    void update(byte[] bytes, int from, int length) {
      md5.update(bytes, from, length);
      crc.update(bytes, from, length);
    }

    Sums end() {
      var digest = md5.digest();
      return new Sums(
          HexFormat.of().formatHex(digest), Base64.getEncoder().encodeToString(digest), crc());
    }

    private String crc() {
      int value = (int) crc.getValue();
      return Base64.getEncoder()
          .encodeToString(
              new byte[] {
                (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
              });
    }
  }

  static Sums of(byte[] bytes) {
    var running = new Running();
    running.update(bytes, 0, bytes.length);
    return running.end();
  }

  /// What S3 calls the digest of an object made of parts: the digest of their digests.
  static String ofParts(Iterable<Sums> parts, int count) {
    var md5 = md5();
    for (var part : parts) {
      md5.update(HexFormat.of().parseHex(part.md5Hex()));
    }
    return HexFormat.of().formatHex(md5.digest()) + "-" + count;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
