package dev.holdfast.plan.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.declared.Media.Keep;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import dev.holdfast.plan.retention.RetentionVerdict.Expire;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The rules of retention, each with the words that a person reads.
class RetentionTests {
  private static final Instant NOW = Instant.parse("2026-11-25T21:30:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void anImageExpiresWhenItsDaysAreOverAndNotAMomentBefore() {
    var images = List.of(full("old", 10, 1), full("edge", 10, 0), full("new", 1, 0));

    assertThat(reasons(Retention.decide(images, days(10), NOW)))
        .isEqualTo(
            Map.of(
                "old", "EXPIRE: older than 10 days",
                "edge", "EXPIRE: older than 10 days",
                "new",
                    "younger than 10 days, the newest of its source,"
                        + " the newest full of its source that can be restored"));
    assertThat(reasons(Retention.decide(images, days(10), NOW.minusSeconds(1))))
        .containsEntry("edge", "younger than 10 days");
  }

  @Test
  void aFullStaysAsLongAsAnImageBuildsOnItAndTheNewestDependantIsNamed() {
    var images =
        List.of(
            full("full", 20, 0),
            incremental("one", 1, "full", 12),
            incremental("two", 2, "one", 5),
            full("next", 2, 0));

    var verdicts = reasons(Retention.decide(images, days(10), NOW));

    assertThat(verdicts)
        .containsEntry("full", "image two builds on it")
        .containsEntry("one", "image two builds on it");
  }

  @Test
  void theNewestFullAndTheNewestImageOfADeadSourceStayForEver() {
    var images =
        List.of(full("older", 900, 0), full("last", 800, 0), incremental("end", 1, "last", 790));

    assertThat(reasons(Retention.decide(images, days(10), NOW)))
        .isEqualTo(
            Map.of(
                "older", "EXPIRE: older than 10 days",
                "last",
                    "the newest full of its source that can be restored, image end builds on it",
                "end", "the newest of its source"));
  }

  @Test
  void aDamagedFullIsNotTheOneThatIsLeft() {
    var images = List.of(full("good", 40, 0), with(full("bad", 30, 0), Soundness.DAMAGED));

    assertThat(reasons(Retention.decide(images, days(10), NOW)))
        .isEqualTo(
            Map.of(
                "good",
                "the newest of its source," + " the newest full of its source that can be restored",
                "bad",
                "EXPIRE: older than 10 days"));
  }

  @Test
  void aPartialFullDoesNotReplaceAGoodOne() {
    var images = List.of(full("good", 40, 0), with(full("partial", 30, 0), Soundness.PARTIAL));

    assertThat(Retention.decide(images, days(10), NOW).values())
        .noneMatch(RetentionVerdict::expires);
  }

  @Test
  void placesAreCountedInTheLocalTimeOfTheProject() {
    // 23:30 in Berlin on the 1st, 00:30 on the 2nd: both are the 1st in UTC
    var late = full("late", Instant.parse("2026-11-01T22:30:00Z"));
    var early = full("early", Instant.parse("2026-11-01T23:30:00Z"));
    var newest = full("newest", Instant.parse("2026-11-20T12:00:00Z"));
    var keep =
        new Keep(
            Optional.empty(),
            Optional.empty(),
            Optional.of(3),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var rules = new RetentionRules(1, Optional.of(keep), BERLIN, false, false);

    assertThat(reasons(Retention.decide(List.of(late, early, newest), rules, NOW)))
        .containsEntry("late", "the newest of 2026-11-01")
        .containsEntry("early", "the newest of 2026-11-02");
  }

  @Test
  void everyKindOfPlaceIsGivenToTheNewestOfItsPeriod() {
    var images =
        List.of(
            full("y25", Instant.parse("2025-07-01T10:00:00Z")),
            full("oct", Instant.parse("2026-10-30T10:00:00Z")),
            full("w47", Instant.parse("2026-11-22T10:00:00Z")),
            full("tue", Instant.parse("2026-11-24T10:00:00Z")),
            full("h10", Instant.parse("2026-11-25T10:10:00Z")),
            full("h11", Instant.parse("2026-11-25T11:10:00Z")),
            full("now", Instant.parse("2026-11-25T11:20:00Z")));
    var two = Optional.of(2);
    var rules =
        new RetentionRules(
            1, Optional.of(new Keep(two, two, two, two, two, two)), BERLIN, false, false);

    var verdicts = reasons(Retention.decide(images, rules, NOW.plus(Duration.ofDays(30))));

    assertThat(verdicts)
        .containsEntry("y25", "the newest of 2025")
        .containsEntry("oct", "the newest of 2026-10")
        .containsEntry("w47", "the newest of week 2026-W47")
        .containsEntry("tue", "the newest of 2026-11-24")
        .containsEntry("h10", "the newest of the hour 2026-11-25T11")
        .containsEntry("h11", "one of the last 2");
    assertThat(verdicts.get("now"))
        .startsWith(
            "one of the last 2, the newest of the hour 2026-11-25T12, the newest of 2026-11-25,"
                + " the newest of week 2026-W48, the newest of 2026-11, the newest of 2026,");
  }

  @Test
  void withoutAVerifiedNewerFullNothingExpires() {
    var rules = new RetentionRules(10, Optional.empty(), BERLIN, false, true);
    var old = full("old", 30, 0);
    var next = full("next", 2, 0);

    assertThat(reasons(Retention.decide(List.of(old, next), rules, NOW)))
        .containsEntry("old", "expired, but no newer full of its source was verified");
    assertThat(reasons(Retention.decide(List.of(old, verified(next)), rules, NOW)))
        .containsEntry("old", "EXPIRE: older than 10 days");
  }

  @Test
  void whatIsHeldOrNotYetWholeStaysWithItsChain() {
    var images =
        List.of(
            full("base", 90, 0),
            with(incremental("staged", 1, "base", 80), Soundness.OPEN),
            full("archived", 70, 0).held("volume Demo-001 is archived"),
            full("new", 1, 0));

    assertThat(reasons(Retention.decide(images, days(10), NOW)))
        .containsEntry("base", "image staged builds on it")
        .containsEntry("staged", "not yet whole in this storage")
        .containsEntry("archived", "volume Demo-001 is archived");
  }

  @Test
  void whatACopyStillWaitsForStaysWithItsChainAndWhatIsDamagedDoesNot() {
    var waiting =
        Aging.like(incremental("waiting", 1, "base", 80)).awaited(List.of("Bank", "Cellar"));
    var damaged = Aging.like(full("damaged", 70, 0)).awaited(List.of("Bank"));
    var images =
        List.of(
            full("base", 90, 0),
            waiting.image(),
            damaged.soundness(Soundness.DAMAGED).image(),
            full("new", 1, 0));

    assertThat(reasons(Retention.decide(images, days(10), NOW)))
        .containsEntry("base", "image waiting builds on it")
        .containsEntry("waiting", "waits for its copy on Bank, Cellar")
        .containsEntry("damaged", "EXPIRE: older than 10 days");
  }

  private static RetentionRules days(int days) {
    return new RetentionRules(days, Optional.empty(), BERLIN, false, false);
  }

  private static Map<String, String> reasons(Map<ImageId, RetentionVerdict> verdicts) {
    return verdicts.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().value(),
                entry ->
                    switch (entry.getValue()) {
                      case RetentionVerdict.Keep(var reasons) ->
                          reasons.stream().map(KeepReason::text).collect(Collectors.joining(", "));
                      case Expire(var reason) -> "EXPIRE: " + reason;
                    }));
  }

  private static AgingImage full(String id, int daysAgo, int secondsMore) {
    return full(id, NOW.minus(Duration.ofDays(daysAgo)).minusSeconds(secondsMore));
  }

  private static AgingImage full(String id, Instant at) {
    return image(id, Level.FULL, Optional.empty(), at);
  }

  private static AgingImage incremental(String id, int level, String parent, int daysAgo) {
    return image(
        id, Level.of(level), Optional.of(new ImageId(parent)), NOW.minus(Duration.ofDays(daysAgo)));
  }

  private static AgingImage image(String id, Level level, Optional<ImageId> parent, Instant at) {
    return Aging.full(id, at).on(level, parent).image();
  }

  private static AgingImage with(AgingImage image, Soundness soundness) {
    return Aging.like(image).soundness(soundness).image();
  }

  private static AgingImage verified(AgingImage image) {
    return Aging.like(image).verified(true).image();
  }
}
