package dev.holdfast.media.driver.s3;

import dev.holdfast.model.ExitCode;
import dev.holdfast.model.Problem;
import dev.holdfast.model.ToldFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A request that S3 did not do, with what a person must know of it.
final class BucketException extends IOException implements ToldFailure {
  private static final long serialVersionUID = 1L;

  /// What kind of no it was.
  enum Kind {
    /// Nothing answered in time, or what answered has trouble of its own: it may come back.
    AWAY,
    /// These credentials may not do it.
    DENIED,
    /// There is no object of this key.
    MISSING,
    /// There is one already, or another one than expected.
    TAKEN,
    /// The server cannot do what was asked.
    NOT_BUILT,
    /// A person must act.
    FAULT
  }

  private final Kind kind;
  private final transient Problem problem;

  BucketException(Kind kind, Problem problem) {
    this(kind, problem, null);
  }

  BucketException(Kind kind, Problem problem, @Nullable Throwable cause) {
    super(problem.fact(), cause);
    this.kind = kind;
    this.problem = problem;
  }

  Kind kind() {
    return kind;
  }

  @Override
  public Problem problem() {
    return problem;
  }

  @Override
  public ExitCode exit() {
    return kind == Kind.AWAY ? ExitCode.TEMPFAIL : ExitCode.STORAGE;
  }
}
