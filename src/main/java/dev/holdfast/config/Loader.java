package dev.holdfast.config;

import java.util.List;

/// Reads a configuration repository: every document, every problem.
public final class Loader {

  private Loader() {}

  /// Reads, checks and links everything below `backupsets/ storage/ schedules/ jobs/`. Opens no
  /// network connection, starts no process, writes nothing.
  public static LoadResult load(LoadRequest request) {
    return new LoadResult.Invalid(List.of());
  }
}
