package dev.holdfast.model;

import java.util.Optional;

/// A failure that knows what a person must be told of it, from whoever met it: a storage driver
/// knows the bucket, the right that is missing and where to give it, its callers do not.
public interface ToldFailure {

  Problem problem();

  ExitCode exit();

  /// What this failure has to tell; empty when it is an ordinary one.
  static Optional<ToldFailure> of(Throwable failure) {
    return failure instanceof ToldFailure told ? Optional.of(told) : Optional.empty();
  }
}
