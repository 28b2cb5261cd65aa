package dev.holdfast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Scene;
import dev.holdfast.io.CrashPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The real command is killed at every named point between two durable effects. Afterwards nothing
/// listed is lost or half, and the next run brings everything to agree; the source has changed
/// meanwhile, so that nothing of the two attempts may be mixed.
@Execution(ExecutionMode.CONCURRENT)
class CrashPointIntegrationTests {
  private static final int KILLED = 137;

  /// Reached after the run has ended: the next one is another run, with an image of its own.
  private static final EnumSet<CrashPoint> ENDED =
      EnumSet.of(CrashPoint.SNAPSHOT_WRITTEN, CrashPoint.LEASE_RELEASED);

  /// Reached from an empty state directory only: EphemeralRunnerIntegrationTests; and by a set that
  /// ends: RetireCrashIntegrationTests.
  private static final EnumSet<CrashPoint> ELSEWHERE =
      EnumSet.of(
          CrashPoint.CATALOG_REFILLED, CrashPoint.RETIREMENT_RECORDED, CrashPoint.PIECE_SENT_AHEAD);

  static final List<String> LATER_TURNS = List.of("part-synced:3", "media-part-recorded:4");

  @TempDir Path root;

  /// Every point but those of copies and of a prune: one that this run does not reach ends it
  /// with 0 and fails the test.
  static Stream<CrashPoint> anIncrementalThroughStagingSurvives() {
    var prunes = EnumSet.range(CrashPoint.TOMBSTONE_WRITTEN, CrashPoint.PRUNED_RECORDED);
    return EnumSet.complementOf(prunes).stream()
        .filter(point -> !point.name().startsWith("COPY_"))
        .filter(point -> !ENDED.contains(point) && !ELSEWHERE.contains(point));
  }

  @ParameterizedTest
  @MethodSource
  void anIncrementalThroughStagingSurvives(CrashPoint point) {
    survives(Scene.in(root).backedUp(), point.spelling());
  }

  static Stream<CrashPoint> aRunThatHadEndedSurvives() {
    return ENDED.stream();
  }

  @ParameterizedTest
  @MethodSource
  void aRunThatHadEndedSurvives(CrashPoint point) {
    var scene = Scene.in(root).backedUp().change(2);

    scene.holdfast().crashAt(point.spelling(), "run", "Demo").expect(KILLED);

    scene.afterwards().nothingLostNothingHalf(scene.tree());
    scene.change(3).converges();
    assertThat(scene.afterwards().images()).isEqualTo(3);
  }

  static Stream<CrashPoint> anIncrementalStraightToMediaSurvives() {
    return Stream.of(
        CrashPoint.PART_SYNCED,
        CrashPoint.SIDECARS_WRITTEN,
        CrashPoint.VOLUME_CHOSEN,
        CrashPoint.MEDIA_PART_SYNCED,
        CrashPoint.MEDIA_PART_RECORDED,
        CrashPoint.VOLUME_CHANGED,
        CrashPoint.MANIFEST_SYNCED,
        CrashPoint.STORED_RECORDED,
        CrashPoint.TOC_WRITTEN,
        CrashPoint.REPORT_WRITTEN);
  }

  @ParameterizedTest
  @MethodSource
  void anIncrementalStraightToMediaSurvives(CrashPoint point) {
    survives(Scene.in(root).withoutStaging().backedUp(), point.spelling());
  }

  static Stream<Arguments> theVeryFirstRunSurvives() {
    return Stream.of(
        Arguments.of(CrashPoint.LOCK_TAKEN, true),
        Arguments.of(CrashPoint.LABEL_WRITTEN, true),
        Arguments.of(CrashPoint.LABEL_WRITTEN, false),
        Arguments.of(CrashPoint.MANIFEST_SYNCED, false));
  }

  @ParameterizedTest
  @MethodSource
  void theVeryFirstRunSurvives(CrashPoint point, boolean staged) {
    var scene = Scene.in(root);
    survives(staged ? scene : scene.withoutStaging(), point.spelling());
  }

  @ParameterizedTest
  @FieldSource("LATER_TURNS")
  void aLaterTurnIsSurvivedToo(String point) {
    survives(Scene.in(root).backedUp(), point);
  }

  @Test
  void aLeftoverOfAnEarlierRunSurvivesTheRunThatWritesIt() throws Exception {
    var scene = Scene.in(root).backedUp().change(2);
    var away = root.resolve("away");
    Files.move(scene.repository().storage(), away);
    scene.holdfast().run("run", "Demo").expect(75);
    Files.move(away, scene.repository().storage());
    scene.change(3);

    scene.holdfast().crashAt("media-part-recorded:3", "run", "Demo", "--fresh").expect(KILLED);

    scene.afterwards().nothingLostNothingHalf(scene.tree());
    scene.converges();
    assertThat(scene.afterwards().images()).isEqualTo(3);
  }

  @Test
  void aPointThatDoesNotExistIsRefused() {
    var scene = Scene.in(root);

    for (var wrong : List.of("nowhere", "plan-saved:0", "plan-saved:x", "plan-saved:", ":1")) {
      var result = scene.holdfast().crashAt(wrong, "run", "Demo").expect(2);
      assertThat(result.err()).contains("'" + wrong + "' is no point at which to crash");
    }
  }

  private static void survives(Scene scene, String point) {
    int before = scene.afterwards().images();
    scene.change(2);

    scene.holdfast().crashAt(point, "run", "Demo").expect(KILLED);

    scene.afterwards().nothingLostNothingHalf(scene.tree());
    scene.change(3);
    scene.converges();
    assertThat(scene.afterwards().images()).isEqualTo(before + 1);
    scene.change(4).backedUp().afterwards().settled(scene.tree());
  }
}
