package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.holdfast.model.declared.StartVolume;
import dev.holdfast.plan.VolumeStart.Need;
import dev.holdfast.plan.VolumeStart.State;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VolumeStartTests {
  private static final StartVolume HALF_WHOLE_HALF = new StartVolume(50, 100, 50);

  static Stream<Arguments> beginsAVolumeWhenItIsWorthIt() {
    return Stream.of(
        argumentSet(
            "by default as soon as something waits",
            StartVolume.atOnce(),
            new State(1, 0, 0, false, Need.NOTHING),
            "Begin: 1 B wait"),
        argumentSet(
            "not for what still fits on a volume begun",
            StartVolume.atOnce(),
            new State(-5, 0, 1, false, Need.NOTHING),
            "Wait: what is staged fits on the volumes begun"),
        argumentSet(
            "not below the staged threshold",
            HALF_WHOLE_HALF,
            new State(50, 500, 0, false, Need.NOTHING),
            "Wait: 50 B wait, a volume is begun above 50 % of a volume, 50 B"),
        argumentSet(
            "not below the threshold of all that will come",
            HALF_WHOLE_HALF,
            new State(60, 40, 0, false, Need.NOTHING),
            "Wait: 100 B wait or will come, a volume is begun above 100 % of a volume, 100 B"),
        argumentSet(
            "above both",
            HALF_WHOLE_HALF,
            new State(60, 41, 0, false, Need.NOTHING),
            "Begin: 60 B wait"),
        argumentSet(
            "at the end the rest stays staged below its threshold",
            HALF_WHOLE_HALF,
            new State(50, 0, 0, true, Need.NOTHING),
            "Wait: 50 B stay in staging, a volume is begun above 50 % of a volume, 50 B"),
        argumentSet(
            "at the end above its threshold",
            HALF_WHOLE_HALF,
            new State(51, 0, 0, true, Need.NOTHING),
            "Begin: 51 B wait and all dumps are over"),
        argumentSet(
            "a direct dump does not wait",
            HALF_WHOLE_HALF,
            new State(0, 0, 0, false, Need.DIRECT_DUMP),
            "Begin: a dump waits that goes straight to media"),
        argumentSet(
            "a full staging does not wait",
            HALF_WHOLE_HALF,
            new State(1, 0, 0, false, Need.STAGING_FULL),
            "Begin: staging is full and dumps stand still"),
        argumentSet(
            "never more volumes than a run may begin",
            StartVolume.atOnce(),
            new State(99, 0, 2, false, Need.STAGING_FULL),
            "Wait: the run has begun 2 volumes, its limit"));
  }

  @ParameterizedTest
  @MethodSource
  void beginsAVolumeWhenItIsWorthIt(StartVolume thresholds, State state, String expected) {
    var verdict = new VolumeStart(thresholds, 100, OptionalInt.of(2)).decide(state);

    assertThat(verdict.getClass().getSimpleName() + ": " + verdict.reason()).isEqualTo(expected);
  }

  @Property(tries = 1000)
  void whatWaitsAtTheEndIsWrittenUnlessItIsBelowTheThreshold(
      @ForAll @IntRange(max = 300) int staged, @ForAll @IntRange(max = 200) int atEnd) {
    var verdict =
        new VolumeStart(new StartVolume(0, atEnd, atEnd), 100, OptionalInt.empty())
            .decide(new State(staged, 0, 0, true, Need.NOTHING));

    assertThat(verdict instanceof VolumeStart.Verdict.Begin).isEqualTo(staged > atEnd);
  }
}
