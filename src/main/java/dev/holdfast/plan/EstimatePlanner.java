package dev.holdfast.plan;

import dev.holdfast.model.Level;
import java.util.List;
import java.util.stream.Stream;

/// Which levels of a source are worth an estimate: at most three, those that the plan may come to.
public record EstimatePlanner(PlanRules rules, Today today) {

  /// Ascending; empty when the source gets no dump. The estimates of `source` are not looked at.
  public List<Level> levels(SourceInput source) {
    var climber = new Climber(rules, today);
    return switch (Want.of(source, today, rules)) {
      case Want.Nothing _ -> List.of();
      case Want.Full full when source.isNew() || !full.mayDegrade() -> List.of(Level.FULL);
      case Want.Full _ -> withFull(climber.levels(source.history(), new Want.Climb.Usual()));
      case Want.Incremental want when want.mayBeFull() ->
          withFull(climber.levels(source.history(), want.climb()));
      case Want.Incremental want -> climber.levels(source.history(), want.climb());
    };
  }

  private static List<Level> withFull(List<Level> levels) {
    return Stream.concat(Stream.of(Level.FULL), levels.stream()).toList();
  }
}
