package dev.holdfast.image;

import java.io.IOException;

/// A file of an image is not where its manifest says, and the place itself answered: it is gone,
/// not away.
public final class MissingFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param fact names the place and the file
  public MissingFileException(String fact, IOException cause) {
    super(fact, cause);
  }
}
