package dev.holdfast.media;

import dev.holdfast.model.declared.Secret;

/// Where a driver gets the value of a secret: asked at the moment of use, each time anew, and kept
/// no longer than the connection that it opens. Thread-safe.
@FunctionalInterface
public interface SecretSource {

  /// The value that the reference has now.
  ///
  /// @throws dev.holdfast.model.HoldfastException (SECRET) naming the reference, never the value
  String value(Secret secret);
}
