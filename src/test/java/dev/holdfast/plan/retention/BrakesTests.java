package dev.holdfast.plan.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.retention.Brakes.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What stops a prune, and what a person's agreement lets through.
class BrakesTests {
  private static final Instant NOW = Instant.parse("2026-11-25T21:30:00Z");
  private static final Brakes BRAKES = new Brakes(30, Duration.ofDays(45));

  @Test
  void nothingStopsAPruneOfWhatIsExpectedByAClockThatWentOn() {
    assertThat(BRAKES.holding(3, 10, nights(NOW, 90), NOW)).isEmpty();
  }

  @Test
  void aShareAboveTheLimitIsStopped() {
    assertThat(texts(BRAKES.holding(4, 13, nights(NOW, 90), NOW)))
        .containsExactly(
            "4 of 13 images would go at once, which is more than the 30% of maxDropPercent");
  }

  @Test
  void aClockBeforeTheNewestImageIsStoppedUntilThatImageWasLookedAt() {
    var yesterday = NOW.minus(Duration.ofDays(1));

    assertThat(texts(BRAKES.holding(1, 10, nights(NOW, 5), yesterday)))
        .containsExactly(
            "the clock shows 2026-11-24T21:30:00Z, and the newest image is of"
                + " 2026-11-25T21:30:00Z");
    var looked = new Times(nights(NOW, 5).moments(), Optional.of(yesterday), Optional.of(NOW));
    assertThat(BRAKES.holding(1, 10, looked, yesterday.plusSeconds(60))).isEmpty();
  }

  @Test
  void aClockTenYearsAheadIsStoppedAlsoAfterARunHasBelievedIt() {
    var wrong = NOW.plus(Duration.ofDays(3653));
    var moments =
        IntStream.range(0, 3)
            .mapToObj(night -> wrong.plus(Duration.ofDays(night)))
            .collect(Collectors.toList());
    moments.addAll(nights(NOW, 90).moments());

    for (int night = 0; night < 3; night++) {
      var now = wrong.plus(Duration.ofDays(night)).plusSeconds(1);
      var past = moments.stream().filter(moment -> !moment.isAfter(now)).toList();
      assertThat(
              texts(
                  BRAKES.holding(1, 10, new Times(past, Optional.empty(), Optional.empty()), now)))
          .containsExactly(
              "the clock went from 2026-11-25T21:30:00Z to 2036-11-25T21:30:00Z, which is more than"
                  + " the 45 days of maxClockJump");
    }
  }

  @Test
  void aPauseThatAPersonHasLookedAtIsBelieved() {
    var before = nights(NOW.minus(Duration.ofDays(60)), 10).moments();

    assertThat(BRAKES.holding(1, 10, new Times(before, Optional.of(NOW), Optional.empty()), NOW))
        .isEmpty();
    assertThat(BRAKES.holding(1, 10, new Times(before, Optional.empty(), Optional.empty()), NOW))
        .hasSize(1);
  }

  @Test
  void nothingIsSaidWhileNothingExpires() {
    assertThat(BRAKES.holding(0, 10, nights(NOW.plus(Duration.ofDays(400)), 2), NOW)).isEmpty();
  }

  private static Times nights(Instant last, int count) {
    return new Times(
        IntStream.range(0, count).mapToObj(night -> last.minus(Duration.ofDays(night))).toList(),
        Optional.empty(),
        Optional.empty());
  }

  private static List<String> texts(List<Brake> brakes) {
    return brakes.stream().map(Brake::text).toList();
  }
}
