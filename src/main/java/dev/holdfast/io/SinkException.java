package dev.holdfast.io;

import java.io.IOException;

/// Our own end of a stream failed: a full disk, a lost volume. Never the source's fault.
public final class SinkException extends IOException {
  private static final long serialVersionUID = 1L;

  public SinkException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
