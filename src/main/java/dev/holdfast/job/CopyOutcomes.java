package dev.holdfast.job;

import dev.holdfast.job.Outcomes.StorageTrouble;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What became of the copies of a run. Thread-safe.
final class CopyOutcomes {
  private final Map<String, Done> done = new LinkedHashMap<>();
  private final Map<String, StorageTrouble> troubles = new LinkedHashMap<>();
  private final Set<Problem> damage = new LinkedHashSet<>();
  private boolean begun;

  /// Images that were copied in this run, and their bytes.
  record Done(long images, long bytes) {
    static final Done NOTHING = new Done(0, 0);
  }

  /// Dumps and writes are over, so what ends the run now is no matter of theirs.
  synchronized void begin() {
    begun = true;
  }

  synchronized boolean isBegun() {
    return begun;
  }

  synchronized void copied(String storage, long bytes) {
    var before = done(storage);
    done.put(storage, new Done(before.images() + 1, before.bytes() + bytes));
  }

  synchronized Done done(String storage) {
    return done.getOrDefault(storage, Done.NOTHING);
  }

  /// The first trouble of a storage stays; a fault is worse than being away.
  synchronized void trouble(String storage, StorageTrouble found) {
    if (!troubles.containsKey(storage) || found instanceof StorageTrouble.Fault) {
      troubles.put(storage, found);
    }
  }

  synchronized Optional<StorageTrouble> trouble(String storage) {
    return Optional.ofNullable(troubles.get(storage));
  }

  /// Stored bytes are not what they were: wherever else they are whole, a person must know.
  synchronized void damaged(Problem problem) {
    damage.add(problem);
  }

  synchronized List<Problem> damage() {
    return List.copyOf(damage);
  }

  /// Everything that is still to be copied waits for other runs of the set.
  synchronized boolean isTaken() {
    return !troubles.isEmpty()
        && troubles.values().stream().allMatch(StorageTrouble.Taken.class::isInstance);
  }

  /// How a run ends because of its copies: a storage that is away waits for its time.
  ///
  /// @param late an image should have been copied by now
  synchronized ExitCode exit(boolean late) {
    if (!damage.isEmpty()) {
      return ExitCode.DAMAGED;
    }
    if (troubles.values().stream().anyMatch(StorageTrouble.Fault.class::isInstance)) {
      return ExitCode.STORAGE;
    }
    return late ? ExitCode.TEMPFAIL : ExitCode.OK;
  }
}
