package dev.holdfast.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.model.ByteSize;
import dev.holdfast.model.declared.Days;
import dev.holdfast.model.declared.Transfer;
import dev.holdfast.model.declared.Transfer.Speed;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ThrottleTests {
  private static final List<Speed> TABLE =
      List.of(
          speed(Optional.of("mon..fri"), "08:00", "18:00", 100),
          speed(Optional.of("fri"), "22:00", "06:00", 500),
          speed(Optional.empty(), "18:00", "08:00", 1000));

  static Stream<Arguments> theFirstLineThatHoldsDecides() {
    return Stream.of(
        argumentSet("working hours", "2026-11-24T08:00Z", 100),
        argumentSet("the end is no part of it", "2026-11-24T18:00Z", 1000),
        argumentSet("after midnight", "2026-11-24T03:00Z", 1000),
        argumentSet("friday night", "2026-11-27T23:00Z", 500),
        argumentSet("the night of friday reaches into saturday", "2026-11-28T05:59Z", 500),
        argumentSet("friday before dawn is thursday's night", "2026-11-27T05:00Z", 1000),
        argumentSet("nothing holds on saturday at noon", "2026-11-28T12:00Z", -1));
  }

  @ParameterizedTest
  @MethodSource
  void theFirstLineThatHoldsDecides(String now, long expected) {
    var limit = Throttle.limitAt(TABLE, ZonedDateTime.parse(now));

    assertThat(limit).isEqualTo(expected < 0 ? OptionalLong.empty() : OptionalLong.of(expected));
  }

  @Test
  void aLimitedStreamGoesInSmallSteps() {
    var limited =
        throttle(
            List.of(
                new Speed(
                    Optional.empty(), Optional.empty(), Optional.empty(), new ByteSize(80_000))));

    assertThat(limited.step(1 << 20)).isEqualTo(10_000);
    assertThat(throttle(List.of()).step(1 << 20)).isEqualTo(1 << 20);
  }

  private static Throttle throttle(List<Speed> speeds) {
    return new Throttle(new Transfer(4, 4, speeds), Clock.systemUTC());
  }

  private static Speed speed(Optional<String> days, String from, String to, long limit) {
    return new Speed(
        days.map(text -> Days.parse(text).orElseThrow()),
        Optional.of(LocalTime.parse(from)),
        Optional.of(LocalTime.parse(to)),
        new ByteSize(limit));
  }
}
