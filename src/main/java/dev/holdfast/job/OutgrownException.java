package dev.holdfast.job;

import java.io.IOException;

/// A dump in staging has to make place: it outgrew its room, and nothing else would give any.
final class OutgrownException extends IOException {
  private static final long serialVersionUID = 1L;

  OutgrownException() {
    super("it outgrew its room in staging, and nothing there is being written");
  }
}
