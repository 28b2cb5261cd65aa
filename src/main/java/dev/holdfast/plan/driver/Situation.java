package dev.holdfast.plan.driver;

import java.util.List;
import java.util.OptionalLong;

/// All that the driver knows when it decides.
///
/// @param waiting in the plan's order
/// @param mediaReady false: no volume can be written in this run any more, which is degraded mode
/// @param freeWriters writers that a direct dump could take now
/// @param clientParallel dumps at once on one host
/// @param networkRate bytes a second that all dumps together may be expected to take
public record Situation(
    List<WaitingDump> waiting,
    List<RunningDump> running,
    Room room,
    boolean mediaReady,
    int freeWriters,
    int clientParallel,
    OptionalLong networkRate) {

  public Situation {
    waiting = List.copyOf(waiting);
    running = List.copyOf(running);
  }

  /// Something that goes on by itself will give room: a write, or the end of a dump.
  boolean mayFreeRoom() {
    return room.draining() || running.stream().anyMatch(dump -> dump.isStaging() && !dump.paused());
  }

  boolean hostIsBusy(String host) {
    return running.stream().filter(dump -> dump.host().equals(host)).count() >= clientParallel;
  }

  /// An idle network takes any dump: a source above the limit must be dumped some time.
  boolean networkIsBusy(long rate) {
    long taken = running.stream().mapToLong(RunningDump::rate).sum();
    return networkRate.isPresent() && taken > 0 && taken + rate > networkRate.getAsLong();
  }
}
