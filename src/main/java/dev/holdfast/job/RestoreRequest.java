package dev.holdfast.job;

import dev.holdfast.model.SourceName;
import dev.holdfast.model.declared.BackupSet;
import dev.holdfast.model.declared.Declarations;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What to bring back.
///
/// @param paths absolute, as they were on the source; empty = everything
/// @param at the tree as it was then; empty = newest
/// @param image the tree at this image, by the beginning of its id; stronger than `at`
/// @param target where it goes; must be empty or absent unless `intoExisting`
public record RestoreRequest(
    Declarations declarations,
    BackupSet set,
    SourceName source,
    List<String> paths,
    Optional<Instant> at,
    Optional<String> image,
    Path target,
    boolean intoExisting,
    Clock clock) {

  public RestoreRequest {
    paths = List.copyOf(paths);
  }
}
