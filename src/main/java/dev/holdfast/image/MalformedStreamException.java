package dev.holdfast.image;

import java.io.IOException;

/// A byte stream is not the tar archive that it should be. Such a stream never becomes an image.
public final class MalformedStreamException extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedStreamException(String what) {
    super(what);
  }
}
