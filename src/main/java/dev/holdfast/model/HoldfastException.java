package dev.holdfast.model;

/// The work cannot go on, and the person can be told why: carries the exit code and the problem.
/// What an operator meets on a normal night is an outcome, not this.
public final class HoldfastException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final transient Problem problem;

  public HoldfastException(ExitCode exit, Problem problem) {
    super(problem.text());
    this.exit = exit;
    this.problem = problem;
  }

  public HoldfastException(ExitCode exit, Problem problem, Throwable cause) {
    super(problem.text(), cause);
    this.exit = exit;
    this.problem = problem;
  }

  public ExitCode exit() {
    return exit;
  }

  public Problem problem() {
    return problem;
  }
}
