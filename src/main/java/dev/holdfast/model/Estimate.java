package dev.holdfast.model;

/// How many raw bytes a dump is expected to give, and how that is known.
public record Estimate(long bytes, Method method) {

  /// `history` = the last image of that level; `usage` = an upper bound from the file system;
  /// `client` = the dump program itself, to the null device.
  public enum Method {
    HISTORY,
    USAGE,
    CLIENT
  }

  public Estimate {
    if (bytes < 0) {
      throw new IllegalArgumentException("an estimate is not negative, was " + bytes);
    }
  }

  /// For people: `about 4.31 MiB`, and of a bound `at most 186 GiB`.
  public String text() {
    return (method == Method.USAGE ? "at most " : "about ") + new ByteSize(bytes).human();
  }
}
