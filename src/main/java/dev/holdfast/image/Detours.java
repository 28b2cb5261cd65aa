package dev.holdfast.image;

/// Is told of stored bytes that were not whole, or not there, where they were looked for first, and
/// came from another home of the same image. Called by the thread that met it: thread-safe.
public interface Detours {

  /// Some bytes came from elsewhere.
  ///
  /// @param found what was wrong, and where
  /// @param instead the place that had the bytes whole
  void taken(Damage found, String instead);
}
