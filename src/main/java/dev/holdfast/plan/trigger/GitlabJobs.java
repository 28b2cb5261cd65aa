package dev.holdfast.plan.trigger;

import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.trigger.Triggers.Timed;
import java.util.List;
import java.util.stream.Collectors;

/// A job for each set, for a pipeline schedule that fires often. One that lost its storage is tried
/// again, one whose source failed is a warning.
final class GitlabJobs {

  private GitlabJobs() {}

  static Trigger of(Declarations declared, List<Timed> sets) {
    var mark = Mark.of(declared, sets.stream().map(Timed::mark).toList());
    return new Trigger(
        ".gitlab/holdfast.yml",
        mark.lines("gitlab")
            + """
            # Include it from .gitlab-ci.yml, and make a pipeline schedule as '17,47 * * * *'.
            # The runner must keep its state directory between jobs: a shell runner with this tag.
            .holdfast:
              rules:
                - if: '$CI_PIPELINE_SOURCE == "schedule"'
              tags: [holdfast]
              interruptible: false
              timeout: 24h
              retry:
                max: 2
                exit_codes: [75]
              allow_failure:
                exit_codes: [3]
            """
            + sets.stream().map(GitlabJobs::job).collect(Collectors.joining()));
  }

  private static String job(Timed timed) {
    return """

        "holdfast:%s":
          extends: .holdfast
          resource_group: holdfast-%s
          script:
            - %s
        """
        .formatted(
            timed.set().name(),
            timed.set().name(),
            YamlText.quoted(
                timed.command().stream().map(ShellText::quoted).collect(Collectors.joining(" "))));
  }
}
