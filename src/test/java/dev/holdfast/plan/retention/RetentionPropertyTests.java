package dev.holdfast.plan.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Media.Keep;
import dev.holdfast.plan.retention.AgingImage.Soundness;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds whatever the past: the same verdicts as the brute force gives, and nothing expires
/// that a person would miss. A failure is repeated by its seed.
class RetentionPropertyTests {
  private static final int HISTORIES_FOR_A_MUTANT = 400;

  /// Retention, or a spoilt one.
  interface Decider {
    Map<ImageId, RetentionVerdict> decide(
        List<AgingImage> images, RetentionRules rules, Instant now);
  }

  @Property(tries = 10_000, shrinking = ShrinkingMode.BOUNDED)
  void decidesAsTheBruteForceDoes(@ForAll long seed) {
    assertThat(agrees(Retention::decide, seed)).isTrue();
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
  void nothingIsTakenAwayThatAKeptImageNeedsOrThatIsTheLastOfItsSource(@ForAll long seed) {
    var histories = new Histories(seed);
    var images = histories.images();
    var rules = histories.rules();
    var left = left(images, rules);
    var before = new BruteForce(images, rules, Histories.NOW);
    var after = new BruteForce(left, rules, Histories.NOW);

    assertThat(left.stream().filter(after::restores).toList())
        .isEqualTo(left.stream().filter(before::restores).toList());
    assertThat(sourcesWithAFull(left, after)).isEqualTo(sourcesWithAFull(images, before));
    assertThat(left).containsAll(images.stream().filter(i -> i.hold().isPresent()).toList());
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
  void theOrderOfTheImagesDoesNotMatterAndASecondPruneFindsNothing(@ForAll long seed) {
    var histories = new Histories(seed);
    var images = histories.images();
    var rules = histories.rules();
    var shuffled = new ArrayList<>(images);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(Retention.decide(shuffled, rules, Histories.NOW))
        .isEqualTo(Retention.decide(images, rules, Histories.NOW));
    assertThat(left(left(images, rules), rules)).isEqualTo(left(images, rules));
  }

  /// What a plan says of the days to come is what the prunes of those days then decide.
  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void anImageExpiresWhenExpirySaysSoAndStaysGone(@ForAll long seed) {
    var histories = new Histories(seed);
    var images = histories.images();
    var rules = histories.rules();
    var expiry = Expiry.of(images, rules, Histories.NOW);

    for (int hour = 0; hour < 24 * 45; hour += 7) {
      var then = Histories.NOW.plus(Duration.ofHours(hour));
      var expired =
          Retention.decide(images, rules, then).entrySet().stream()
              .filter(verdict -> verdict.getValue().expires())
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      assertThat(expired)
          .isEqualTo(
              expiry.entrySet().stream()
                  .filter(entry -> !entry.getValue().isAfter(then))
                  .map(Map.Entry::getKey)
                  .collect(Collectors.toSet()));
    }
  }

  /// A test that cannot fail proves nothing: each of these faults must be noticed.
  static Stream<Arguments> noticesAPlantedFault() {
    return Stream.of(
        fault("counts what is damaged", image -> with(image, soundness(image, Soundness.DAMAGED))),
        fault(
            "counts what is not yet whole", image -> with(image, soundness(image, Soundness.OPEN))),
        fault(
            "gives partial images the places of good ones",
            image -> with(image, soundness(image, Soundness.PARTIAL))),
        fault("forgets chains", RetentionPropertyTests::withoutParent),
        fault("forgets holds", RetentionPropertyTests::withoutHold),
        fault(
            "forgets what waits for its copy",
            image -> Aging.like(image).awaited(List.of()).image()),
        fault(
            "keeps what is damaged for its copy",
            image -> image.awaited().isEmpty() ? image : image.held("waits")),
        fault("takes every full for verified", RetentionPropertyTests::verified),
        fault("mixes the sources", RetentionPropertyTests::ofOneSource),
        Arguments.of("has a clock that is a day ahead", laterBy(Duration.ofDays(1))),
        Arguments.of("counts days in UTC", inUtc()),
        Arguments.of("gives a place too many", placesChangedBy(1)),
        Arguments.of("gives a place too few", placesChangedBy(-1)),
        Arguments.of("lets the newest full go", withoutTheNewestFull()),
        Arguments.of("prunes an archived storage", notArchived()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void noticesAPlantedFault(String fault, Decider spoilt) {
    assertThat(LongStream.range(0, HISTORIES_FOR_A_MUTANT).allMatch(seed -> agrees(spoilt, seed)))
        .as("a retention that %s passes", fault)
        .isFalse();
  }

  private static boolean agrees(Decider decider, long seed) {
    var histories = new Histories(seed);
    var images = histories.images();
    var rules = histories.rules();
    var expired =
        decider.decide(images, rules, Histories.NOW).entrySet().stream()
            .filter(verdict -> verdict.getValue().expires())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return expired.equals(new BruteForce(images, rules, Histories.NOW).expired());
  }

  private static List<AgingImage> left(List<AgingImage> images, RetentionRules rules) {
    var verdicts = Retention.decide(images, rules, Histories.NOW);
    return images.stream()
        .filter(image -> verdicts.get(image.image()) instanceof RetentionVerdict.Keep)
        .toList();
  }

  private static Set<SourceName> sourcesWithAFull(List<AgingImage> images, BruteForce asked) {
    return images.stream()
        .filter(image -> image.level().isFull() && asked.restores(image))
        .map(AgingImage::source)
        .collect(Collectors.toSet());
  }

  private static Arguments fault(String name, UnaryOperator<AgingImage> change) {
    Decider spoilt =
        (images, rules, now) -> Retention.decide(images.stream().map(change).toList(), rules, now);
    return Arguments.of(name, spoilt);
  }

  private static Soundness soundness(AgingImage image, Soundness mistaken) {
    return image.soundness() == mistaken ? Soundness.GOOD : image.soundness();
  }

  private static AgingImage with(AgingImage image, Soundness soundness) {
    return Aging.like(image).soundness(soundness).image();
  }

  private static AgingImage withoutParent(AgingImage image) {
    return Aging.like(image).on(image.level(), Optional.empty()).image();
  }

  private static AgingImage withoutHold(AgingImage image) {
    return Aging.like(image).hold(Optional.empty()).image();
  }

  private static AgingImage verified(AgingImage image) {
    return Aging.like(image).verified(true).image();
  }

  private static AgingImage ofOneSource(AgingImage image) {
    return Aging.like(image).of(new SourceName("all")).image();
  }

  private static Decider laterBy(Duration off) {
    return (images, rules, now) -> Retention.decide(images, rules, now.plus(off));
  }

  private static Decider inUtc() {
    return (images, rules, now) ->
        Retention.decide(
            images,
            new RetentionRules(
                rules.days(),
                rules.keep(),
                ZoneOffset.UTC,
                rules.archived(),
                rules.verifiedFullFirst()),
            now);
  }

  private static Decider placesChangedBy(int more) {
    return (images, rules, now) ->
        Retention.decide(
            images,
            new RetentionRules(
                rules.days(),
                rules.keep().map(keep -> changed(keep, more)),
                rules.zone(),
                rules.archived(),
                rules.verifiedFullFirst()),
            now);
  }

  private static Keep changed(Keep keep, int more) {
    UnaryOperator<Optional<Integer>> places =
        given -> given.map(count -> Math.max(0, count + more));
    return new Keep(
        places.apply(keep.last()),
        places.apply(keep.hourly()),
        places.apply(keep.daily()),
        places.apply(keep.weekly()),
        places.apply(keep.monthly()),
        places.apply(keep.yearly()));
  }

  private static Decider withoutTheNewestFull() {
    return (images, rules, now) -> {
      var verdicts = new java.util.LinkedHashMap<>(Retention.decide(images, rules, now));
      verdicts.replaceAll(
          (_, verdict) ->
              verdict instanceof RetentionVerdict.Keep(var reasons)
                      && reasons.stream()
                          .allMatch(
                              reason ->
                                  reason.kind() == KeepReason.Kind.NEWEST_FULL
                                      || reason.kind() == KeepReason.Kind.NEWEST)
                  ? new RetentionVerdict.Expire("forgotten")
                  : verdict);
      return verdicts;
    };
  }

  private static Decider notArchived() {
    return (images, rules, now) ->
        Retention.decide(
            images,
            new RetentionRules(
                rules.days(), rules.keep(), rules.zone(), false, rules.verifiedFullFirst()),
            now);
  }
}
