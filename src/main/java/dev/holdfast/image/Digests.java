package dev.holdfast.image;

import dev.holdfast.model.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of bytes, as the value the rest of Holdfast speaks of.
public final class Digests {

  private Digests() {}

  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  public static Digest of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  public static Digest of(byte[] bytes, int from, int length) {
    var digest = sha256();
    digest.update(bytes, from, length);
    return finish(digest);
  }

  /// Ends a running digest.
  public static Digest finish(MessageDigest digest) {
    return new Digest(HexFormat.of().formatHex(digest.digest()));
  }
}
