package dev.holdfast.catalog;

import dev.holdfast.model.RunId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Something that a run decided.
///
/// @param subject the source, image or volume that it is about
/// @param kind the planner's word for it; `PLAN` for the level and route of a dump
/// @param decision in short, as `level 1 by STAGING`
/// @param reason a sentence for people
/// @param numbers what it was decided by
public record DecisionRow(
    RunId run,
    String subject,
    String kind,
    String decision,
    String reason,
    Map<String, Long> numbers) {

  public DecisionRow {
    numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
  }
}
