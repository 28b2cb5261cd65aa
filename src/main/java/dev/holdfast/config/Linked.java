package dev.holdfast.config;

import dev.holdfast.model.declared.Project;
import dev.holdfast.model.declared.Schedule;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.Storage;
import java.util.Map;

/// What sets refer to, linked already, by exact name.
record Linked(
    Project project,
    Map<String, Source> sources,
    Map<String, Storage> storages,
    Map<String, Schedule> schedules) {

  Linked {
    sources = Map.copyOf(sources);
    storages = Map.copyOf(storages);
    schedules = Map.copyOf(schedules);
  }
}
