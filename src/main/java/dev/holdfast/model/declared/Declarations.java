package dev.holdfast.model.declared;

import dev.holdfast.model.Digest;
import dev.holdfast.model.SetName;
import dev.holdfast.model.SourceName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Everything a configuration repository declares, linked: the one thing that leaves `config`.
///
/// @param repository the folder that was read, absolute
/// @param state the state directory, absolute: the caller's, else the Project's, else the system's
/// @param commit the git commit that `repository` stands on; empty outside a git repository
/// @param fingerprint SHA-256 over every effective value
public record Declarations(
    Path repository,
    Path state,
    Optional<String> commit,
    Digest fingerprint,
    Project project,
    Map<SetName, BackupSet> sets,
    Map<SourceName, Source> sources,
    Map<String, Storage> storages,
    Map<String, Schedule> schedules,
    Map<String, Job> jobs,
    Map<String, Drill> drills) {

  public Declarations {
    sets = ordered(sets);
    sources = ordered(sources);
    storages = ordered(storages);
    schedules = ordered(schedules);
    jobs = ordered(jobs);
    drills = ordered(drills);
  }

  /// The set of that name, whatever its case.
  public Optional<BackupSet> set(String name) {
    return sets.values().stream()
        .filter(set -> set.name().value().equalsIgnoreCase(name))
        .findFirst();
  }

  /// The job of that name, whatever its case.
  public Optional<Job> job(String name) {
    return jobs.values().stream().filter(job -> job.name().equalsIgnoreCase(name)).findFirst();
  }

  private static <K, V> Map<K, V> ordered(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
