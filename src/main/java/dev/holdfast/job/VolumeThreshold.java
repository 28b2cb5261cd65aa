package dev.holdfast.job;

import dev.holdfast.model.declared.StartVolume;
import dev.holdfast.plan.FlushOrder;
import dev.holdfast.plan.VolumeStart;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Whether a writer may begin a volume now, or holds what is staged back until there is more of it
/// (`how.startVolume`). Thread-safe.
record VolumeThreshold(RunScope scope) {

  /// Why no volume is begun; empty when one may be.
  Optional<String> heldBack(List<FlushOrder.Staged> staged) {
    if (staged.isEmpty()) {
      return Optional.empty();
    }
    var state =
        new VolumeStart.State(
            staged.stream().mapToLong(FlushOrder.Staged::bytes).sum(),
            scope.signals().toDump(),
            0,
            scope.signals().areDumpsEnded(),
            scope.signals().isRoomWanted()
                ? VolumeStart.Need.STAGING_FULL
                : VolumeStart.Need.NOTHING);
    var start = new VolumeStart(scope.set().how().startVolume(), capacity(), OptionalInt.empty());
    return switch (start.decide(state)) {
      case VolumeStart.Verdict.Begin _ -> Optional.empty();
      case VolumeStart.Verdict.Wait(var reason) -> Optional.of(reason);
    };
  }

  /// No threshold is declared, or none can be counted: a volume may be begun for anything.
  boolean isAtOnce() {
    return scope.set().how().startVolume().equals(StartVolume.atOnce()) || capacity() == 0;
  }

  /// Without a size, and while the storage is away, every threshold counts as reached: the writer
  /// finds out itself.
  private long capacity() {
    try {
      return scope.storage().limits().volumeSize().map(size -> size.bytes()).orElse(0L);
    } catch (IOException away) {
      return 0;
    }
  }
}
