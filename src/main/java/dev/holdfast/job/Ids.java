package dev.holdfast.job;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.RunId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// New ids of runs and images: the instant, then chance, so that they sort by time and two hosts do
/// not meet.
final class Ids {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int IMAGE_DIGITS = 12;
  private static final int RUN_DIGITS = 6;

  private final Clock clock;
  private final RandomGenerator chance;

  Ids(Clock clock, RandomGenerator chance) {
    this.clock = clock;
    this.chance = chance;
  }

  RunId run() {
    return new RunId(next(RUN_DIGITS));
  }

  ImageId image() {
    return new ImageId(next(IMAGE_DIGITS));
  }

  private String next(int digits) {
    var random = HexFormat.of().toHexDigits(chance.nextLong(), digits);
    return STAMP.format(Instant.now(clock)) + "-" + random;
  }
}
