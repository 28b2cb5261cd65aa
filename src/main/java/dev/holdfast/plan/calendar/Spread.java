package dev.holdfast.plan.calendar;

import dev.holdfast.model.SetName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Locale;

/// How much later than the schedule says a set starts, so that sets of one schedule do not start
/// at once. The same for a name on every machine and for ever; whole seconds from zero to below
/// the spread.
final class Spread {

  private Spread() {}

  static Duration offset(SetName set, Duration spread) {
    if (spread.toSeconds() < 1) {
      return Duration.ZERO;
    }
    long drawn = ByteBuffer.wrap(digest(set.value().toLowerCase(Locale.ROOT))).getLong();
    return Duration.ofSeconds(Math.floorMod(drawn, spread.toSeconds()));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
