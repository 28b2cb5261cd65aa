package dev.holdfast.plan.driver;

import dev.holdfast.model.ByteSize;
import dev.holdfast.model.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Chooses the dump that a free dumper starts. Of those that may start now the most preferred one
/// does; when none may, and nothing under way will change that, one is made smaller, sent straight
/// to media, or given up. So a run always ends: with nothing running and nothing being written, the
/// answer is never to wait.
public final class Admission {
  private Admission() {}

  /// What a free dumper does now.
  ///
  /// @param preference the dumper's taste: priority first, then the letter of its place
  public static Move next(Situation now, Comparator<WaitingDump> preference) {
    if (now.waiting().isEmpty()) {
      return new Move.Finished();
    }
    var moves = now.waiting().stream().sorted(preference).map(dump -> judge(dump, now)).toList();
    return firstOf(moves, Move.Start.class)
        .or(() -> firstOf(moves, Move.Degrade.class))
        .or(() -> firstOf(moves, Move.Refuse.class))
        .orElseGet(moves::getFirst);
  }

  private static Optional<Move> firstOf(List<Move> moves, Class<? extends Move> kind) {
    return moves.stream().filter(kind::isInstance).findFirst();
  }

  private static Move judge(WaitingDump dump, Situation now) {
    if (now.hostIsBusy(dump.host())) {
      return new Move.Wait("host " + dump.host() + " is dumped already");
    }
    if (now.networkIsBusy(dump.rate())) {
      return new Move.Wait("the network has no room for another dump");
    }
    return dump.route() == Route.DIRECT ? direct(dump, now) : staged(dump, now);
  }

  private static Move staged(WaitingDump dump, Situation now) {
    var room = now.room();
    if (dump.bytes() > room.capacity()) {
      var fact = tooLarge(dump, room);
      return dump.required() ? new Move.Refuse(dump.image(), false, fact) : direct(dump, now);
    }
    if (dump.canShrink() && isShort(dump, now)) {
      return now.mayFreeRoom()
          ? new Move.Wait("staging is short of room for a full")
          : new Move.Degrade(dump.image(), shortOfRoom(room));
    }
    if (dump.bytes() <= room.available()) {
      return new Move.Start(dump.image(), Route.STAGING);
    }
    return now.mayFreeRoom() ? new Move.Wait("staging has no room yet") : full(dump, now);
  }

  /// Of a dump that outgrew its room nobody knows what it needs, only what others left for it.
  private static String tooLarge(WaitingDump dump, Room room) {
    return dump.bytes() == WaitingDump.MORE_THAN_THERE_IS
        ? "it outgrew its room, "
            + size(room.available())
            + " are left in staging, which can hold "
            + size(room.capacity())
        : "needs " + size(dump.bytes()) + ", staging can hold " + size(room.capacity());
  }

  /// With media at hand staging empties itself, and only what is free counts; without, every full
  /// takes from what the incrementals of this and the next nights will need.
  private static boolean isShort(WaitingDump dump, Situation now) {
    var room = now.room();
    long left = now.mediaReady() ? room.available() : room.available() - dump.bytes();
    return left < room.reserve();
  }

  /// Staging is full, and nothing under way will empty it.
  private static Move full(WaitingDump dump, Situation now) {
    var fact =
        "needs "
            + size(dump.bytes())
            + ", "
            + size(now.room().available())
            + " are left in staging";
    if (now.mediaReady()) {
      return dump.required() ? new Move.Refuse(dump.image(), false, fact) : direct(dump, now);
    }
    if (dump.canShrink() && dump.smaller().getAsLong() <= now.room().available()) {
      return new Move.Degrade(dump.image(), fact + ", and the storage is away");
    }
    return new Move.Refuse(dump.image(), true, fact + ", and the storage is away");
  }

  private static Move direct(WaitingDump dump, Situation now) {
    if (!now.mediaReady()) {
      return new Move.Refuse(
          dump.image(), true, "it goes straight to media, and the storage is away");
    }
    return now.freeWriters() > 0
        ? new Move.Start(dump.image(), Route.DIRECT)
        : new Move.Wait("every writer is busy");
  }

  private static String shortOfRoom(Room room) {
    return size(room.available())
        + " are free in staging, below the "
        + size(room.reserve())
        + " that are kept for incrementals";
  }

  private static String size(long bytes) {
    return new ByteSize(Math.max(0, bytes)).human();
  }
}
