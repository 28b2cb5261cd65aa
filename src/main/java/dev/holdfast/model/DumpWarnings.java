package dev.holdfast.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a dump complained about: how often, by class, and the first messages word for word.
///
/// @param counts no entry means zero
/// @param samples escaped for display, bounded by the reader that collected them
/// @param damaged paths whose content in the image is known to be wrong (padded), escaped
public record DumpWarnings(
    Map<WarningClass, Long> counts, List<String> samples, List<String> damaged) {

  public DumpWarnings {
    counts = Map.copyOf(counts);
    samples = List.copyOf(samples);
    damaged = List.copyOf(damaged);
  }

  public static DumpWarnings none() {
    return new DumpWarnings(new EnumMap<>(WarningClass.class), List.of(), List.of());
  }

  public long count(WarningClass kind) {
    return counts.getOrDefault(kind, 0L);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
