package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Level;
import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.Copy.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CopyChoiceTests {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  static Stream<Arguments> copiesTheOldestFirst() {
    var images =
        List.of(
            image("web2", "Web", 1, 1),
            image("web1", "Web", 0, 2),
            image("web0", "Web", 0, 9),
            image("db1", "Db", 0, 3));
    return Stream.of(
        argumentSet("all", Selection.ALL, images, List.of("web0", "db1", "web1", "web2")),
        argumentSet("fulls", Selection.FULLS, images, List.of("web0", "db1", "web1")),
        argumentSet(
            "the newest full of each source",
            Selection.LATEST_FULLS,
            images,
            List.of("db1", "web1")),
        argumentSet(
            "not what is there",
            Selection.ALL,
            List.of(copied(images.get(2)), images.get(1)),
            List.of("web1")),
        argumentSet(
            "nothing when the newest full is there",
            Selection.LATEST_FULLS,
            List.of(copied(images.get(1)), images.get(2), images.get(0)),
            List.of()));
  }

  @ParameterizedTest
  @MethodSource
  void copiesTheOldestFirst(
      Selection selection, List<CopyChoice.Candidate> images, List<String> expected) {
    var pending = new CopyChoice(selection, Optional.empty()).pending(images);

    assertThat(pending).extracting(image -> image.image().value()).isEqualTo(expected);
  }

  @Test
  void onlyWhatWaitedLongerThanItMayIsLate() {
    var images =
        List.of(
            image("young", "Web", 1, 5),
            image("old", "Web", 0, 7),
            copied(image("in", "Db", 0, 9)));
    var choice = new CopyChoice(Selection.ALL, Optional.of(Duration.ofHours(6)));

    var late = choice.late(images, NOON);

    assertThat(late).extracting(image -> image.image().value()).containsExactly("old");
  }

  @Test
  void nothingIsLateWhenNobodyWaits() {
    var images = List.of(image("old", "Web", 0, 10_000));

    assertThat(new CopyChoice(Selection.ALL, Optional.empty()).late(images, NOON)).isEmpty();
  }

  private static CopyChoice.Candidate image(String id, String source, int level, int hoursOld) {
    return new CopyChoice.Candidate(
        new ImageId(id),
        new SourceName(source),
        Level.of(level),
        NOON.minus(Duration.ofHours(hoursOld)),
        false);
  }

  private static CopyChoice.Candidate copied(CopyChoice.Candidate image) {
    return new CopyChoice.Candidate(image.image(), image.source(), image.level(), image.at(), true);
  }
}
