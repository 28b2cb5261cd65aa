package dev.holdfast.model.declared;

import java.util.List;
import java.util.Optional;

/// What must hold before a dump counts: guards against an empty or unmounted source.
///
/// @param mountpoint every path must itself be a mount point
/// @param sentinels absolute paths of files that must exist
/// @param minFiles fewest members of a full that count as a good dump
/// @param allowEmpty true: a source without a single file is not an error
public record Expect(
    boolean mountpoint, List<String> sentinels, Optional<Long> minFiles, boolean allowEmpty) {

  public Expect {
    sentinels = List.copyOf(sentinels);
  }

  public static Expect nothing() {
    return new Expect(false, List.of(), Optional.empty(), false);
  }
}
