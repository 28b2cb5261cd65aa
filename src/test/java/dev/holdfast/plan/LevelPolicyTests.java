package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LevelPolicyTests {
  private static final Instant NOW = Instant.parse("2026-03-29T21:59:00Z");
  private static final LevelWish AUTO = new LevelWish.Auto();

  static Stream<Arguments> choosesTheLevel() {
    return Stream.of(
        argumentSet(
            "the first dump of a source is full",
            AUTO,
            History.none(),
            new LevelDecision(Level.FULL, Optional.empty(), "no full exists yet")),
        argumentSet(
            "within the cycle it is level 1 on the full",
            AUTO,
            history(image("b", 1, 1), image("a", 0, 6)),
            new LevelDecision(Level.of(1), id("a"), "the last full is 6 of 7 days old")),
        argumentSet(
            "a full is due on the last day of the cycle",
            AUTO,
            history(image("a", 0, 7)),
            new LevelDecision(
                Level.FULL, Optional.empty(), "the last full is 7 days old, the cycle is 7")),
        argumentSet(
            "a run that starts a minute earlier than last week's does not put the full off",
            AUTO,
            new History(
                List.of(
                    new PastImage(
                        new ImageId("a"), Level.FULL, Instant.parse("2026-03-22T23:10:00Z"), 1))),
            new LevelDecision(Level.of(1), id("a"), "the last full is 6 of 7 days old")),
        argumentSet(
            "a level builds on the newest image of a lower one",
            new LevelWish.Exactly(Level.of(2)),
            history(image("c", 2, 1), image("b", 1, 2), image("a", 0, 3)),
            new LevelDecision(Level.of(2), id("b"), "level 2 was asked for")),
        argumentSet(
            "an incremental with nothing to build on is a full",
            new LevelWish.Incremental(),
            History.none(),
            new LevelDecision(
                Level.FULL,
                Optional.empty(),
                "incremental was asked for, but there is no full to build on")),
        argumentSet(
            "a full that was asked for is a full",
            new LevelWish.Exactly(Level.FULL),
            history(image("a", 0, 0)),
            new LevelDecision(Level.FULL, Optional.empty(), "a full was asked for")));
  }

  @ParameterizedTest
  @MethodSource
  void choosesTheLevel(LevelWish wish, History history, LevelDecision expected) {
    var policy = new LevelPolicy(7, ZoneId.of("Europe/Berlin"));

    assertThat(policy.choose(wish, history, NOW)).isEqualTo(expected);
  }

  static Stream<Arguments> readsWhatAPersonTypes() {
    return Stream.of(
        Arguments.of("auto", Optional.of(AUTO)),
        Arguments.of("full", Optional.of(new LevelWish.Exactly(Level.FULL))),
        Arguments.of("incremental", Optional.of(new LevelWish.Incremental())),
        Arguments.of("9", Optional.of(new LevelWish.Exactly(Level.of(9)))),
        Arguments.of("10", Optional.empty()),
        Arguments.of("Full", Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource
  void readsWhatAPersonTypes(String text, Optional<LevelWish> expected) {
    assertThat(LevelWish.parse(text)).isEqualTo(expected);
  }

  private static Optional<ImageId> id(String id) {
    return Optional.of(new ImageId(id));
  }

  private static History history(PastImage... images) {
    return new History(List.of(images));
  }

  private static PastImage image(String id, int level, int daysAgo) {
    return new PastImage(
        new ImageId(id), Level.of(level), NOW.minus(Duration.ofDays(daysAgo)), 1000);
  }
}
