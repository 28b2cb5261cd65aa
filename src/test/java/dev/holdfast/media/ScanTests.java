package dev.holdfast.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.media.ScanResult.LabelNew;
import dev.holdfast.media.ScanResult.None;
import dev.holdfast.media.ScanResult.Skipped;
import dev.holdfast.media.ScanResult.Use;
import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Label;
import dev.holdfast.model.SetName;
import dev.holdfast.model.declared.Taperscan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScanTests {
  private static final SetName DEMO = new SetName("Demo");
  private static final Instant DAY = Instant.parse("2026-11-24T00:00:00Z");
  private static final Limits ROOMY =
      new Limits(Optional.of(new ByteSize(100_000)), 0, true, Long.MAX_VALUE);

  static Stream<Arguments> looksThroughInTheDeclaredOrder() {
    var first = volume("A", 100, 1);
    var last = volume("C", 100, 9);
    var blankBefore = blank("B");
    var blankAfter = blank("D");
    var fullLast = volume("C", 99_999, 9);
    var all = List.of(first, blankBefore, last, blankAfter);
    var circle = List.of(first, blankBefore, fullLast, blankAfter);
    return Stream.of(
        Arguments.argumentSet("traditional continues", Taperscan.TRADITIONAL, all, "C"),
        Arguments.argumentSet(
            "traditional goes on in a circle", Taperscan.TRADITIONAL, circle, "D"),
        Arguments.argumentSet("oldest takes the one written first", Taperscan.OLDEST, all, "A"),
        Arguments.argumentSet(
            "oldest takes blanks last", Taperscan.OLDEST, List.of(blankBefore, last), "C"),
        Arguments.argumentSet("lexical continues", Taperscan.LEXICAL, all, "C"),
        Arguments.argumentSet("lexical takes blanks last", Taperscan.LEXICAL, circle, "A"),
        Arguments.argumentSet(
            "only blanks: by name", Taperscan.LEXICAL, List.of(blankAfter, blankBefore), "B"));
  }

  @ParameterizedTest
  @MethodSource
  void looksThroughInTheDeclaredOrder(Taperscan order, List<Sighting> seen, String expected) {
    var result = new Scan(request(order, Map.of()), ROOMY, seen).choose();

    assertThat(result)
        .isInstanceOfSatisfying(
            Use.class, use -> assertThat(use.label().name()).isEqualTo(new Label(expected)));
  }

  @Test
  void saysOfEachVolumeWhyItWasPassedOver() {
    var seen =
        List.<Sighting>of(
            volume("A", 99_999, 1),
            new Sighting.Foreign("B", "a directory without 00000.label"),
            new Sighting.Unreadable("C", "Input/output error"),
            new Sighting.Labelled(label("D", "Attic", DEMO), 0, 1, Optional.empty()),
            new Sighting.Labelled(label("E", "Vault", new SetName("Shop")), 0, 1, Optional.empty()),
            blank("F"));

    var result =
        new Scan(request(Taperscan.OLDEST, Map.of(new Label("F"), new UUID(5, 5))), ROOMY, seen)
            .choose();

    assertThat(result)
        .isEqualTo(
            new LabelNew(
                new Label("Demo-1"),
                1 + 'F',
                List.of(
                    new Skipped("A", "has 1 B of 97.7 KiB left, the next file takes 10 B"),
                    new Skipped(
                        "B", "is not a volume of Holdfast: a directory without 00000.label"),
                    new Skipped("C", "has a label that cannot be read: Input/output error"),
                    new Skipped("D", "belongs to storage 'Attic'"),
                    new Skipped("E", "belongs to set Shop"),
                    new Skipped("F", "is not the volume that the catalog knows by this name"))));
  }

  @Test
  void twoVolumesOfOneIdentityAreBothPassedOver() {
    var copy =
        new Sighting.Labelled(
            new VolumeLabel(new Label("Z"), uuid("A"), "Vault", DEMO, 1, DAY, 1),
            0,
            1,
            Optional.empty());

    var result =
        new Scan(request(Taperscan.OLDEST, Map.of()), ROOMY, List.of(blank("A"), copy)).choose();

    assertThat(result.skipped())
        .containsExactly(
            new Skipped("A", "is there twice, one is a copy"),
            new Skipped("Z", "is there twice, one is a copy"));
  }

  @Test
  void aNameThatIsKnownTakenClosedOrSightedIsNotGivenAgain() {
    var request =
        new VolumeRequest(
            DEMO,
            "Vault",
            Taperscan.OLDEST,
            new LabelTemplate("${set}-${n:1}"),
            Map.of(new Label("Demo-1"), uuid("A")),
            Set.of(new Label("Demo-2")),
            Set.of(new Label("Demo-3")),
            10);

    var result =
        new Scan(request, ROOMY, List.of(new Sighting.Foreign("Demo-4", "a directory"))).choose();

    assertThat(result)
        .isInstanceOfSatisfying(
            LabelNew.class, fresh -> assertThat(fresh.name()).isEqualTo(new Label("Demo-5")));
  }

  @Test
  void nothingIsWrittenOnceTheReserveIsTouched() {
    var limits = new Limits(Optional.empty(), 0, true, -1);

    assertThat(new Scan(request(Taperscan.OLDEST, Map.of()), limits, List.of(blank("A"))).choose())
        .isEqualTo(new None("the reserve of free space is touched", List.of()));
  }

  @Test
  void foreignPlacesTakeTheRoomOfVolumes() {
    var limits = new Limits(Optional.empty(), 1, true, Long.MAX_VALUE);

    assertThat(
            new Scan(
                    request(Taperscan.OLDEST, Map.of()),
                    limits,
                    List.of(new Sighting.Foreign("X", "a directory")))
                .choose())
        .isInstanceOfSatisfying(
            None.class,
            none -> assertThat(none.why()).isEqualTo("all 1 places for volumes are taken"));
  }

  private static VolumeRequest request(Taperscan order, Map<Label, UUID> known) {
    return new VolumeRequest(
        DEMO, "Vault", order, new LabelTemplate("${set}-${n:1}"), known, Set.of(), Set.of(), 10);
  }

  private static Sighting volume(String name, long used, int day) {
    return new Sighting.Labelled(
        label(name, "Vault", DEMO), used, 2, Optional.of(DAY.plusSeconds(day)));
  }

  private static Sighting blank(String name) {
    return new Sighting.Labelled(label(name, "Vault", DEMO), 10, 1, Optional.empty());
  }

  private static VolumeLabel label(String name, String storage, SetName set) {
    return new VolumeLabel(new Label(name), uuid(name), storage, set, 1, DAY, name.charAt(0));
  }

  private static UUID uuid(String name) {
    return new UUID(0, name.charAt(0));
  }
}
