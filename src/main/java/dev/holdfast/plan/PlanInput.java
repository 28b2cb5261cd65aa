package dev.holdfast.plan;

import java.util.List;

/// Everything a plan depends on: the same input gives the same plan.
///
/// @param sources in any order; the plan is the same for each
public record PlanInput(Today today, PlanRules rules, Room room, List<SourceInput> sources) {
  public PlanInput {
    sources = List.copyOf(sources);
    if (sources.stream().map(SourceInput::name).distinct().count() < sources.size()) {
      throw new IllegalArgumentException("a source stands twice in the input of a plan");
    }
  }
}
