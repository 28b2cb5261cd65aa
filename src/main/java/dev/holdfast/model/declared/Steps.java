package dev.holdfast.model.declared;

import dev.holdfast.model.declared.Job.Step;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a run does of all that it can: the steps that its job names.
///
/// @param named none = all of a whole run
public record Steps(Set<Step> named) {
  private static final List<Step> OF_A_RUN =
      List.of(
          Step.FLUSH,
          Step.ESTIMATE,
          Step.DUMP,
          Step.WRITE,
          Step.COPY,
          Step.PRUNE,
          Step.CATALOG_BACKUP,
          Step.REPORT);

  /// A dump is planned first, and what was done is always told.
  private static final Set<Step> NEEDED = EnumSet.of(Step.ESTIMATE, Step.DUMP, Step.REPORT);

  public Steps {
    named = Set.copyOf(named);
  }

  public static Steps all() {
    return new Steps(Set.of());
  }

  public static Steps of(Step... steps) {
    return new Steps(Set.copyOf(Arrays.asList(steps)));
  }

  public boolean has(Step step) {
    return named.isEmpty() || named.contains(step);
  }

  /// Steps of a whole run that are left out, in their order.
  public List<Step> leftOut() {
    return OF_A_RUN.stream().filter(step -> !has(step)).toList();
  }

  /// Those of them without which there is no run.
  public List<Step> missing() {
    return leftOut().stream().filter(NEEDED::contains).toList();
  }

  /// As they are spelled in YAML.
  public static List<String> spelled(Collection<Step> steps) {
    return steps.stream().map(Steps::spelled).toList();
  }

  private static String spelled(Step step) {
    return switch (step) {
      case CATALOG_BACKUP -> "catalogBackup";
      case MEDIA_FORECAST -> "mediaForecast";
      case FLUSH, ESTIMATE, DUMP, WRITE, COPY, PRUNE, REPORT, VERIFY, DRIFT, COVERAGE ->
          step.name().toLowerCase(java.util.Locale.ROOT);
    };
  }
}
