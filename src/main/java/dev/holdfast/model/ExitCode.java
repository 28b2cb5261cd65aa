package dev.holdfast.model;

import java.util.Comparator;
import java.util.List;

/// How a command ended, as a number that a CI system can trust. The numbers are stable; unknown
/// non-zero means failure (src/docs/exit-codes.md).
public enum ExitCode {
  OK(0),
  INTERNAL(1),
  USAGE(2),
  PARTIAL(3),
  NOT_FOUND(4),
  CHANGES(5),
  DESTRUCTIVE(6),
  CONFIG(10),
  POLICY(11),
  SECRET(12),
  LOCKED(20),
  FAILED(30),
  STORAGE(31),
  DAMAGED(40),
  DRILL(41),
  UNHEALTHY(42),
  RESTORE_INCOMPLETE(50),
  TEMPFAIL(75),
  INTERRUPTED(130),
  TERMINATED(143);

  private static final List<ExitCode> FROM_BETTER_TO_WORSE =
      List.of(
          OK,
          LOCKED,
          TEMPFAIL,
          NOT_FOUND,
          PARTIAL,
          FAILED,
          STORAGE,
          DAMAGED,
          SECRET,
          POLICY,
          CONFIG,
          INTERNAL,
          INTERRUPTED,
          TERMINATED);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// True when the same command, typed again, continues where this one ended.
  public boolean resumable() {
    return this == TEMPFAIL || this == INTERRUPTED || this == TERMINATED;
  }

  /// That of a command which did the same with several sets: the worst one, except that a set that
  /// failed beside one that did not leaves a partial success.
  public static ExitCode together(List<ExitCode> exits) {
    var worst =
        exits.stream().max(Comparator.comparingInt(FROM_BETTER_TO_WORSE::indexOf)).orElse(OK);
    boolean someGood = exits.contains(OK) || exits.contains(PARTIAL);
    return worst == FAILED && someGood ? PARTIAL : worst;
  }
}
