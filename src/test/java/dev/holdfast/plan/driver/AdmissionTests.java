package dev.holdfast.plan.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.ImageId;
import dev.holdfast.model.Route;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AdmissionTests {
  private static final Comparator<WaitingDump> AS_PLANNED = (_, _) -> 0;
  private static final ImageId IMAGE = new ImageId("image");
  private static final RunningDump BUSY =
      new RunningDump(new ImageId("busy"), "web", Route.STAGING, 10, 4, false);

  @Property(tries = 10_000)
  void everyRunEndsAndStagingNeverHoldsMoreThanItCan(@ForAll long seed) {
    var model = new DriverModel(seed);

    model.run();

    assertThat(model.ends).hasSize(model.count());
  }

  @Test
  void aDumpThatFitsIsStaged() {
    assertThat(next(incremental(40), room(100, 40, false)))
        .isEqualTo(new Move.Start(IMAGE, Route.STAGING));
  }

  @Test
  void aDumpThatCanNeverFitGoesStraightToMedia() {
    assertThat(next(incremental(101), room(100, 100, false)))
        .isEqualTo(new Move.Start(IMAGE, Route.DIRECT));
  }

  @Test
  void aDumpThatMustBeStagedAndCanNeverFitIsRefused() {
    var dump =
        new WaitingDump(IMAGE, "web", false, 101, 0, Route.STAGING, true, OptionalLong.empty());

    assertThat(next(dump, room(100, 100, false)))
        .isEqualTo(new Move.Refuse(IMAGE, false, "needs 101 B, staging can hold 100 B"));
  }

  @Test
  void aDumpThatMustBeStagedAndOutgrewAllRoomIsRefused() {
    var dump =
        new WaitingDump(
            IMAGE,
            "web",
            false,
            WaitingDump.MORE_THAN_THERE_IS,
            0,
            Route.STAGING,
            true,
            OptionalLong.empty());

    assertThat(next(dump, room(100, 30, false)))
        .isEqualTo(
            new Move.Refuse(
                IMAGE,
                false,
                "it outgrew its room, 30 B are left in staging, which can hold 100 B"));
  }

  @Test
  void roomThatAWriteWillGiveIsWaitedFor() {
    assertThat(next(incremental(40), room(100, 30, true)))
        .isEqualTo(new Move.Wait("staging has no room yet"));
  }

  @Test
  void aFullBecomesAnIncrementalWhenStagingIsBelowItsReserve() {
    assertThat(next(full(15, 2), room(100, 19, false)))
        .isEqualTo(
            new Move.Degrade(
                IMAGE, "19 B are free in staging, below the 20 B that are kept for incrementals"));
  }

  @Test
  void aFullThatWouldTakeTheReserveIsKeptBackOnlyWhileTheStorageIsAway() {
    var situation = situation(full(30, 2), room(100, 49, false), List.of());

    assertThat(Admission.next(situation, AS_PLANNED))
        .isEqualTo(new Move.Start(IMAGE, Route.STAGING));
    assertThat(Admission.next(away(situation), AS_PLANNED)).isInstanceOf(Move.Degrade.class);
  }

  @Test
  void aFullWithoutAnIncrementalTakesWhatRoomThereIs() {
    var fresh =
        new WaitingDump(IMAGE, "web", true, 15, 0, Route.STAGING, false, OptionalLong.empty());

    assertThat(next(fresh, room(100, 19, false))).isEqualTo(new Move.Start(IMAGE, Route.STAGING));
  }

  @Test
  void whatFitsNowhereWaitsForTheStorageToComeBack() {
    var situation = situation(incremental(40), room(100, 10, false), List.of());

    assertThat(Admission.next(away(situation), AS_PLANNED))
        .isEqualTo(
            new Move.Refuse(
                IMAGE, true, "needs 40 B, 10 B are left in staging, and the storage is away"));
  }

  @Test
  void aHostDumpsNoMoreThanItMay() {
    var situation = situation(incremental(1), room(100, 90, false), List.of(BUSY));

    assertThat(Admission.next(situation, AS_PLANNED))
        .isEqualTo(new Move.Wait("host web is dumped already"));
  }

  @Test
  void theNetworkTakesNoMoreThanItIsExpectedToCarryUnlessItIsIdle() {
    var fast =
        new WaitingDump(IMAGE, "db", false, 1, 7, Route.STAGING, false, OptionalLong.empty());

    assertThat(Admission.next(situation(fast, room(100, 90, false), List.of(BUSY)), AS_PLANNED))
        .isEqualTo(new Move.Wait("the network has no room for another dump"));
    assertThat(next(fast, room(100, 90, false))).isEqualTo(new Move.Start(IMAGE, Route.STAGING));
  }

  @Test
  void theSmallestPausedDumpGoesWhenAllArePausedAndNothingIsWritten() {
    var small = new RunningDump(new ImageId("s"), "web", Route.STAGING, 5, 0, true);
    var large = new RunningDump(new ImageId("l"), "web", Route.STAGING, 50, 0, true);

    assertThat(Pressure.victim(List.of(large, small), room(100, 0, false))).contains(small);
    assertThat(Pressure.victim(List.of(large, small), room(100, 0, true))).isEmpty();
    assertThat(Pressure.victim(List.of(large, small, BUSY), room(100, 0, false))).isEmpty();
  }

  private static WaitingDump incremental(long bytes) {
    return new WaitingDump(
        IMAGE, "web", false, bytes, 0, Route.STAGING, false, OptionalLong.empty());
  }

  private static WaitingDump full(long bytes, long smaller) {
    return new WaitingDump(
        IMAGE, "web", true, bytes, 0, Route.STAGING, false, OptionalLong.of(smaller));
  }

  private static Room room(long capacity, long available, boolean draining) {
    return new Room(capacity, available, 20, draining);
  }

  private static Move next(WaitingDump dump, Room room) {
    return Admission.next(situation(dump, room, List.of()), AS_PLANNED);
  }

  private static Situation situation(WaitingDump dump, Room room, List<RunningDump> running) {
    return new Situation(List.of(dump), running, room, true, 1, 1, OptionalLong.of(10));
  }

  private static Situation away(Situation here) {
    return new Situation(
        here.waiting(),
        here.running(),
        here.room(),
        false,
        0,
        here.clientParallel(),
        here.networkRate());
  }
}
