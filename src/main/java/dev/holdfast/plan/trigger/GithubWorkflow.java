package dev.holdfast.plan.trigger;

import dev.holdfast.model.declared.Declarations;
import dev.holdfast.plan.trigger.Triggers.Timed;
import java.util.List;
import java.util.stream.Collectors;

/// One workflow that asks often whether a set is due. Its cron is in UTC and may be late or be left
/// out under load, so the schedule of the set decides, and `status --check` elsewhere should watch.
final class GithubWorkflow {
  private static final int HALF_HOUR = 30;

  private GithubWorkflow() {}

  static Trigger of(Declarations declared, List<Timed> sets) {
    var mark = Mark.of(declared, sets.stream().map(Timed::mark).toList());
    return new Trigger(
        ".github/workflows/holdfast.yml",
        mark.lines("github")
            + """
            # The runner must keep its state directory between jobs: a self-hosted one.
            name: holdfast

            "on":
              schedule:
                - cron: "%d,%d * * * *"
              workflow_dispatch: {}

            permissions:
              contents: read

            jobs:
              due:
                strategy:
                  fail-fast: false
                  matrix:
                    set: [%s]
                runs-on: [self-hosted, holdfast]
                timeout-minutes: 1440
                concurrency:
                  group: "holdfast-${{ matrix.set }}"
                  cancel-in-progress: false
                steps:
                  - uses: actions/checkout@v4
                    with:
                      persist-credentials: false
                  - name: run what is due
                    env:
                      HOLDFAST_SET: "${{ matrix.set }}"
                    run: %s
            """
                .formatted(minute(mark), minute(mark) + HALF_HOUR, names(sets), command(sets)));
  }

  /// Never the full hour, when everybody's jobs start.
  private static int minute(Mark mark) {
    return 1 + Integer.parseInt(mark.declaration().substring(0, 4), 16) % (HALF_HOUR - 1);
  }

  private static String names(List<Timed> sets) {
    return sets.stream()
        .map(one -> "\"" + one.set().name() + "\"")
        .collect(Collectors.joining(", "));
  }

  /// The set comes by the environment, so that no expression is put into the text of a script.
  private static String command(List<Timed> sets) {
    var invocation = sets.getFirst().invocation();
    var options =
        invocation.options().stream().map(ShellText::quoted).collect(Collectors.joining(" "));
    return YamlText.quoted(
        ShellText.quoted(invocation.program()) + " run \"$HOLDFAST_SET\" " + options);
  }
}
