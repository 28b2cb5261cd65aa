package dev.holdfast.cli;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import java.util.List;

/// The command cannot be done, for several reasons at once.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final transient List<Problem> problems;

  Refusal(ExitCode exit, List<Problem> problems) {
    super(problems.getFirst().text());
    this.exit = exit;
    this.problems = List.copyOf(problems);
  }

  Refusal(ExitCode exit, Problem problem) {
    this(exit, List.of(problem));
  }

  static Refusal usage(String fact, String hint) {
    return new Refusal(ExitCode.USAGE, new Problem("", fact, hint));
  }

  static Refusal notFound(String fact, String hint) {
    return new Refusal(ExitCode.NOT_FOUND, new Problem("", fact, hint));
  }

  ExitCode exit() {
    return exit;
  }

  List<Problem> problems() {
    return problems;
  }
}
