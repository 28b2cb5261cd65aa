package dev.holdfast.model.declared;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Problem;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceName;
import java.util.List;
import java.util.Optional;

/// Sources, storage, staging, schedule and policy: the unit of a run, all references resolved.
///
/// @param sources expanded and in declared order, each once; never empty
/// @param copies further storages, in declared order, each once and never the set's own
/// @param staging empty when `stagingUse.use.mode` is never
/// @param unavailable what a run must refuse because its function comes with a later release
/// @param fingerprint SHA-256 over every effective value of the set and of all it refers to
public record BackupSet(
    SetName name,
    About about,
    List<String> runsOn,
    List<Source> sources,
    Storage storage,
    Where where,
    Optional<Staging> staging,
    StagingUse stagingUse,
    How how,
    When when,
    Optional<Schedule> schedule,
    Media media,
    List<CopyTarget> copies,
    Optional<VerifyPolicy> verify,
    List<Notify> notices,
    List<Problem> unavailable,
    Digest fingerprint) {

  public BackupSet {
    runsOn = List.copyOf(runsOn);
    sources = List.copyOf(sources);
    copies = List.copyOf(copies);
    notices = List.copyOf(notices);
    unavailable = List.copyOf(unavailable);
  }

  /// What is copied to the storage of that name; empty when nothing is.
  public Optional<CopyTarget> copyTo(String name) {
    return copies.stream().filter(copy -> copy.storage().name().equals(name)).findFirst();
  }

  /// The source of that name in this set.
  public Optional<Source> source(SourceName wanted) {
    return sources.stream().filter(source -> source.name().equals(wanted)).findFirst();
  }
}
