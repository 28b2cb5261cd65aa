package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;

/// One command: its options are its fields, filled before it runs. One use each.
interface Verb {

  /// Does it, shows its result, and says how it ended.
  ExitCode run(Session session) throws Exception;

  /// True when what was done counts, and not that standard output took the words about it.
  default boolean worksByItself() {
    return false;
  }
}
