package dev.holdfast.job;

import java.io.IOException;

/// The storage cannot take an image now; what was staged is safe.
final class StorageTroubleException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Outcomes.StorageTrouble trouble;

  StorageTroubleException(Outcomes.StorageTrouble trouble) {
    super(trouble.problem().text());
    this.trouble = trouble;
  }

  Outcomes.StorageTrouble trouble() {
    return trouble;
  }
}
