package dev.holdfast.io;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// The named instants between two durable effects. `HOLDFAST_CRASH_AT=<point>[:n]` ends the process
/// there, the n-th time it is reached, without any clean-up: as a power cut would. Tests walk all.
public enum CrashPoint {
  LOCK_TAKEN,
  LEASE_TAKEN,
  CATALOG_REFILLED,
  PLAN_SAVED,
  DUMP_STARTED,
  DUMP_HALF,
  PART_SYNCED,
  STAGING_SYNCED,
  STAGING_RENAMED,
  SIDECARS_WRITTEN,
  STAGED_RECORDED,
  WRITE_CLAIMED,
  LABEL_WRITTEN,
  VOLUME_CHOSEN,
  PIECE_SENT_AHEAD,
  MEDIA_PART_SYNCED,
  MEDIA_PART_RECORDED,
  VOLUME_CHANGED,
  MANIFEST_SYNCED,
  STORED_RECORDED,
  STAGING_ASIDE,
  STAGING_RELEASED,
  TOC_WRITTEN,
  COPY_BEGUN,
  COPY_PART_RECORDED,
  COPY_STORED,
  REPORT_WRITTEN,
  BATCH_FINISHED,
  SNAPSHOT_WRITTEN,
  LEASE_RELEASED,
  TOMBSTONE_WRITTEN,
  TOC_REMOVED,
  MANIFEST_REMOVED,
  STATE_REMOVED,
  INDEX_REMOVED,
  PART_REMOVED,
  PRUNED_RECORDED,
  RETIREMENT_RECORDED;

  private static final String WANTED = System.getenv().getOrDefault("HOLDFAST_CRASH_AT", "");
  private static final AtomicInteger SEEN = new AtomicInteger();

  /// The point's name as the variable spells it: `staging-renamed`.
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What is wrong with a wanted point; empty when none is wanted or it is one of these.
  public static Optional<String> objection(String wanted) {
    var words = wanted.split(":", 2);
    boolean known = Arrays.stream(values()).anyMatch(point -> point.spelling().equals(words[0]));
    if (wanted.isEmpty() || (known && (words.length == 1 || words[1].matches("[1-9]\\d{0,8}")))) {
      return Optional.empty();
    }
    return Optional.of(
        "'"
            + wanted
            + "' is no point at which to crash; those are "
            + Arrays.stream(values()).map(CrashPoint::spelling).collect(Collectors.joining(", "))
            + ", with :n for the n-th time");
  }

  /// The same of what the environment wants.
  public static Optional<String> objection() {
    return objection(WANTED);
  }

  /// Halts the process when this point is the wanted one; costs one comparison otherwise.
  public void reached() {
    if (WANTED.isEmpty()) {
      return;
    }
    var wanted = WANTED.split(":", 2);
    if (!wanted[0].equals(spelling())) {
      return;
    }
    int turn = wanted.length == 2 ? Integer.parseInt(wanted[1]) : 1;
    if (SEEN.incrementAndGet() == turn) {
      Runtime.getRuntime().halt(137);
    }
  }
}
