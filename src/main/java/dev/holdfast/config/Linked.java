package dev.holdfast.config;

import dev.holdfast.model.declared.Project;
import dev.holdfast.model.declared.Schedule;
import dev.holdfast.model.declared.Source;
import dev.holdfast.model.declared.Storage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What sets refer to, linked already, by exact name.
record Linked(
    Project project,
    Map<String, Source> sources,
    Map<String, Storage> storages,
    Map<String, Schedule> schedules) {

  Linked {
    sources = ordered(sources);
    storages = ordered(storages);
    schedules = ordered(schedules);
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
